// A person at the keyboard: run, progress, lightbulb, preview, apply, undo, discard, cancel.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { atWork, serverEnvironments } from "./children.mjs";
import { until } from "./poll.mjs";
import { Window } from "./window.mjs";

const OLD = "text = text + packed[i];";
const NEW = "text += packed[i];";

export async function keyboard({ host, workspace, report, shots, context }) {
  const page = await context.newPage();
  const window = new Window(page, shots, "keyboard");
  const check = (name, work) => report.check(name, work, window);
  await report.need("a window opens, and its server runs", async () => {
    await window.open(host.url(workspace.folder));
    await window.file("runlength.cpp", "string unpack");
    await window.untilStatus(/idle/);
  }, window);

  await check("Ctrl+Alt+O runs the job, with its stage and a cancel button in a notification", async () => {
    await window.press("Control+Alt+o");
    const toast = window.toast("optimizing the function");
    await toast.waitFor();
    await toast.locator(".monaco-button", { hasText: "Cancel" }).first().waitFor();
    await until("a stage is told", async () => /compiling|testing|running|measuring/.test(await toast.innerText().catch(() => "")));
    await window.shot("progress");
    await window.toast("verified faster version").waitFor();
    await window.untilStatus(/x faster/);
    assert.equal(workspace.onDisk(), workspace.original);
  });

  await check("the figure stands behind the function, and a lens above it", async () => {
    await until("the decoration is drawn", async () => (await window.decorations()).some((text) => /x faster, 6 tests/.test(text.replace(/\u00a0/g, " "))));
    await page.locator(".codelens-decoration", { hasText: "verified faster version" }).first().waitFor();
    await window.clearToasts();
    await window.shot("found");
  });

  await check("the lightbulb's preview opens the diff editor, which has the buttons in its title", async () => {
    await page.locator(".view-line", { hasText: "string unpack" }).first().click({ position: { x: 60, y: 8 } });
    const rows = await window.actions();
    assert.ok(rows.some((row) => row.startsWith("Preview:")), rows.join("|"));
    await window.takeAction("Preview:");
    for (const label of ["Apply This Suggestion", "Next Suggestion", "Previous Suggestion", "Edit a Copy", "Discard These Suggestions"]) {
      await window.titleButton(label).waitFor();
    }
    await page.locator(".monaco-diff-editor .modified .view-line", { hasText: NEW }).first().waitFor();
    await window.shot("preview");
  });

  await check("the preview cannot be written to, and changes nothing by itself", async () => {
    await page.locator(".monaco-diff-editor .modified .view-line", { hasText: NEW }).first().click();
    await page.keyboard.type("x");
    await page.locator(".monaco-editor-overlaymessage", { hasText: /read-only/i }).first().waitFor();
    await window.press("Escape");
    assert.equal(workspace.onDisk(), workspace.original);
  });

  await check("Ctrl+Alt+Enter applies it, and one undo takes it back", async () => {
    await window.press("Control+Alt+Enter");
    await until("the preview is closed", async () => (await page.locator(".monaco-diff-editor").count()) === 0);
    await page.locator(".editor-instance .view-line", { hasText: NEW }).first().waitFor();
    await window.press("Control+s");
    await until("the change is saved", () => workspace.onDisk().includes(NEW));
    assert.equal(workspace.onDisk(), workspace.original.replace(OLD, NEW));
    await window.press("Control+z");
    await window.press("Control+s");
    await until("one undo took it back", () => workspace.onDisk() === workspace.original);
  });

  await check("a click on the lens previews too, and the bin in the title discards", async () => {
    await page.locator(".codelens-decoration a", { hasText: "verified faster version" }).first().click();
    await window.titleButton("Discard These Suggestions").click();
    await window.untilStatus(/idle/);
    await until("the preview is closed", async () => (await page.locator(".monaco-diff-editor").count()) === 0);
  });

  await check("the context menu starts a job, and its notification cancels it with all children", async () => {
    workspace.addLargeTests();
    await page.locator(".view-line", { hasText: "string unpack" }).first().click({ button: "right", position: { x: 60, y: 8 } });
    await window.takeFromMenu("Optimize Function at Cursor");
    await window.toast("optimizing the function").waitFor();
    await until("a program runs", () => atWork(host.child.pid).length > 0);
    await window.toastButton("optimizing the function", "Cancel");
    await window.untilGone("optimizing the function");
    await window.untilStatus(/idle/);
    assert.deepEqual(atWork(host.child.pid), []);
  });
  workspace.removeLargeTests();

  await check("a model's key is in the server's environment after it was set, and in no file of settings", async () => {
    await window.command("pie: Set the Key of a Language Model");
    await window.answer("TEST_SECRET_KEY");
    await window.answer("not-a-real-key");
    await until("the new server has it", () => serverEnvironments(host.child.pid).some((text) => text.includes("TEST_SECRET_KEY=not-a-real-key")));
    await window.untilStatus(/idle/);
    assert.ok(!readFileSync(host.settings, "utf8").includes("not-a-real-key"));
    await window.command("pie: Forget the Key of a Language Model");
    await window.typed("TEST_SECRET_KEY");
    await until("the newest server has it no more", () => {
      const all = serverEnvironments(host.child.pid);
      return all.length > 0 && !all.some((text) => text.includes("not-a-real-key"));
    });
    await window.untilStatus(/idle/);
  });
  await page.close();
}
