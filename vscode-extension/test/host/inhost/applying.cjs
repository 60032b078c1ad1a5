// Applying: one step of undo, never to a text that was not verified.
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { until, OLD, NEW } = require("./checks.cjs");

module.exports = async (checks) => {
  await checks.check("applying from the preview changes the program, and one undo restores it", async () => {
    const run = await checks.optimized();
    const { document } = await checks.open();
    const before = document.getText();
    const rank = run.candidates.find((one) => one.title !== "Your edit").rank;
    await vscode.commands.executeCommand("pieLsp.previewResult", { result: run.id, rank });
    await until("the diff is shown", () => checks.shown());
    const answer = await vscode.commands.executeCommand("pieLsp.apply");
    assert.deepEqual(answer, { applied: true, problem: null });
    assert.equal(document.getText(), before.replace(OLD, NEW));
    assert.equal(checks.shown(), undefined);
    await until("the result is known to be applied", () => checks.fresh() === undefined);
    await checks.open();
    await vscode.commands.executeCommand("undo");
    await until("one undo restored it", () => document.getText() === before);
    await document.save();
  });

  await checks.check("a program that changed is refused with a sentence, and stays as it is", async () => {
    const run = await checks.optimized();
    const { document } = await checks.open();
    const before = document.getText();
    await checks.write(document, before.replace("int count = 0;", "int count = 0; ;"));
    const changed = document.getText();
    await until("the result is known to be stale", () => checks.api.runs.find((one) => one.id === run.id)?.standing === "stale");
    const answer = await vscode.commands.executeCommand("pieLsp.applyResult", { result: run.id, rank: 1 });
    assert.equal(answer.applied, false);
    assert.match(answer.problem, /\w+ \w+/);
    assert.equal(document.getText(), changed);
    await vscode.commands.executeCommand("pieLsp.verifyResultAgain", { result: run.id, rank: 1 });
    await until("it was verified again", () => checks.fresh());
    await checks.write(document, before);
  });

  await checks.check("discarding takes the result and its preview away", async () => {
    const run = await checks.optimized();
    await vscode.commands.executeCommand("pieLsp.previewResult", { result: run.id, rank: 1 });
    await until("the diff is shown", () => checks.shown());
    await vscode.commands.executeCommand("pieLsp.discard");
    assert.equal(checks.shown(), undefined);
    assert.ok(!checks.api.runs.some((one) => one.id === run.id));
  });
};
