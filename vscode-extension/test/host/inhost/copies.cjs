// Previews and edited copies: read-only texts, going through suggestions, verifying what a person wrote.
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { until, OLD, NEW } = require("./checks.cjs");

async function editCopy(from, to) {
  await vscode.commands.executeCommand("pieLsp.editCopy");
  const { document } = vscode.window.activeTextEditor;
  assert.equal(document.uri.scheme, "untitled");
  assert.equal(document.languageId, "cpp");
  const at = document.getText().indexOf(from);
  assert.ok(at >= 0);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  await vscode.workspace.applyEdit(edit);
  return document;
}

module.exports = async (checks) => {
  await checks.check("a preview compares the verified text with the suggestion's", async () => {
    const run = await checks.optimized();
    const text = vscode.window.activeTextEditor.document.getText();
    await vscode.commands.executeCommand("pieLsp.previewResult", { result: run.id, rank: 1 });
    const { original, modified } = await until("the diff is shown", () => checks.shown());
    assert.deepEqual([original.scheme, modified.scheme], ["pie", "pie"]);
    assert.equal((await vscode.workspace.openTextDocument(original)).getText(), text);
    assert.equal((await vscode.workspace.openTextDocument(modified)).getText(), text.replace(OLD, NEW));
  });

  await checks.check("an edited copy that is right becomes a suggestion, and the old one stays", async () => {
    const before = (await vscode.workspace.openTextDocument(checks.file)).getText();
    await editCopy(NEW, "text.push_back(packed[i]);");
    await vscode.commands.executeCommand("pieLsp.verifyCopy");
    const run = await until("both are there", () => checks.api.runs.find((one) => one.standing === "fresh" && one.candidates.length === 2));
    assert.ok(run.candidates.some((one) => one.title === "Your edit"), JSON.stringify(run.candidates.map((one) => one.title)));
    await until("it is shown", () => checks.shown());
    assert.equal((await vscode.workspace.openTextDocument(checks.file)).getText(), before);
  });

  await checks.check("next and previous go through the suggestions and round", async () => {
    const first = checks.shown().modified.path;
    await vscode.commands.executeCommand("pieLsp.next");
    const second = await until("another one is shown", () => (checks.shown()?.modified.path !== first ? checks.shown()?.modified.path : undefined));
    await vscode.commands.executeCommand("pieLsp.next");
    await until("the first one is shown again", () => checks.shown()?.modified.path === first);
    await vscode.commands.executeCommand("pieLsp.previous");
    await until("and back", () => checks.shown()?.modified.path === second);
  });

  await checks.check("an edited copy that is wrong is not offered, and nothing is lost", async () => {
    const runs = checks.api.runs.map((run) => run.id);
    await editCopy("count = 1;", "count = 2;");
    await vscode.commands.executeCommand("pieLsp.verifyCopy");
    assert.ok(checks.fresh() !== undefined);
    assert.ok(runs.includes(checks.fresh().id));
    assert.equal(checks.fresh().candidates.length, 2);
  });
};
