// The server's life: it may be killed, it may be missing, it comes back.
const assert = require("node:assert/strict");
const { readdirSync, readFileSync } = require("node:fs");
const vscode = require("vscode");
const { until } = require("./checks.cjs");

/** Our server among the children of this process. */
function serverProcess() {
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      if (parent === process.pid && command.includes("serve")) {
        return { id: Number(name), command };
      }
    } catch {
      // It ended while we looked.
    }
  }
  return undefined;
}

module.exports = async (checks) => {
  await checks.check("the server is the private environment's, and no module of the folder can replace it", async () => {
    const { command } = serverProcess();
    assert.match(command[0], /globalStorage\/pie-lsp\.pie-lsp\/environment\/bin\/python$/);
    assert.deepEqual(command.slice(1, 5), ["-I", "-m", "pie_lsp", "serve"]);
  });

  await checks.check("a server that was killed is told, and started again on request", async () => {
    process.kill(serverProcess().id, "SIGKILL");
    await until("its end is known", () => checks.api.state === "failed");
    await vscode.commands.executeCommand("pieLsp.restartServer");
    assert.equal(checks.api.state, "running");
    await checks.optimized();
  });

  await checks.check("a path that is no server is told, and nothing else is taken in its place", async () => {
    const settings = vscode.workspace.getConfiguration("pie");
    await settings.update("server.path", "/nonexistent/pie-lsp", vscode.ConfigurationTarget.Global);
    try {
      await until("it is missing", () => checks.api.state === "missing");
      await until("no server is left", () => serverProcess() === undefined);
    } finally {
      await settings.update("server.path", undefined, vscode.ConfigurationTarget.Global);
    }
    await until("it runs again", () => checks.api.state === "running");
  });
};
