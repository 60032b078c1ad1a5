// Jobs: every way to ask for one leads to the same answer.
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const path = require("node:path");
const vscode = require("vscode");
const { until, OLD } = require("./checks.cjs");

module.exports = async (checks) => {
  await checks.check("the installed extension activates with a C++ file, and its server runs", async () => {
    await checks.open();
    await until("it is active", () => checks.extension.isActive);
    await until("the server runs", () => checks.api.state === "running");
    assert.ok(!checks.extension.extensionPath.includes("vscode-extension"), checks.extension.extensionPath);
  });

  await checks.check("the server's action runs the job with a result", async () => {
    const { document, editor } = await checks.open();
    const range = new vscode.Range(editor.selection.active, editor.selection.active);
    const action = await until("the action is offered", async () => {
      const actions = await vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, range);
      return actions.find((one) => one.title.startsWith("Optimize 'unpack'"));
    });
    await vscode.commands.executeCommand(action.command.command, ...action.command.arguments);
    const run = await until("there is a result", () => checks.fresh());
    assert.match(run.candidates[0].short, /faster, 6 tests/);
    assert.equal(run.candidates[0].perTest.length, 6);
    assert.equal(run.range.start.line, document.positionAt(document.getText().indexOf("unpack(")).line);
  });

  await checks.check("a folder's settings cannot name the compiler or the server", async () => {
    const settings = vscode.workspace.getConfiguration("pie");
    assert.equal(settings.get("compiler"), "g++");
    assert.equal(settings.get("server.path"), "");
  });

  await checks.check("the whole file is optimized, function by function", async () => {
    await checks.open();
    await vscode.commands.executeCommand("pieLsp.optimizeFile");
    await until("there is a result", () => checks.fresh());
    assert.ok(new Set(checks.api.runs.map((run) => run.function.name)).has("unpack"));
  });

  await checks.check("what changed since the last commit is optimized", async () => {
    const folder = path.dirname(checks.file);
    const git = (...args) => execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.invalid", ...args], { cwd: folder });
    git("init", "-q");
    git("add", "runlength.cpp");
    git("commit", "-q", "-m", "one");
    const { document } = await checks.open();
    const before = document.getText();
    await checks.write(document, before.replace(OLD, `${OLD} // changed`).replace("int count = 0;", "int count = 0, unused = 0; (void)unused;"));
    await vscode.commands.executeCommand("pieLsp.optimizeChanged");
    await until("there is a result for the new text", () => checks.fresh());
    await checks.write(document, before);
  });

  await checks.check("lenses and hover are there, and the figure stands at the function once", async () => {
    const run = await checks.optimized();
    const { document } = await checks.open();
    const lenses = await vscode.commands.executeCommand("vscode.executeCodeLensProvider", document.uri);
    assert.ok(lenses.some((lens) => /verified faster version/.test(lens.command?.title ?? "")), JSON.stringify(lenses));
    assert.ok(lenses.some((lens) => /Profile/.test(lens.command?.title ?? "")));
    const place = new vscode.Position(run.range.start.line, run.range.start.character + 1);
    const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, place);
    assert.ok(hovers.length > 0);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    assert.deepEqual(await vscode.commands.executeCommand("vscode.executeInlayHintProvider", document.uri, whole), []);
  });
};
