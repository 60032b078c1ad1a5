// The first minutes of a person: an untrusted folder, no server, the private environment.
import assert from "node:assert/strict";
import { Window } from "./window.mjs";
import { until } from "./poll.mjs";

export async function firstSteps({ host, workspace, report, shots, context }) {
  const page = await context.newPage();
  const window = new Window(page, shots, "first-steps");
  const check = (name, work) => report.check(name, work, window);
  await window.open(host.url(workspace.folder));

  await check("an untrusted folder: nothing is started, and the status bar and a message say so", async () => {
    await window.file("runlength.cpp", "string unpack");
    await window.untilStatus(/not trusted/);
    await window.press("Control+Alt+o");
    await window.toast("before you trust this folder").waitFor();
    await window.shot("untrusted");
    assert.ok(!workspace.pythonWasStarted, "the workspace's Python was started");
  });

  await check("trust is granted: a server is looked for, and its absence is told with what to do", async () => {
    await window.toastButton("before you trust this folder", "Manage Workspace Trust");
    await page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
    const toast = window.toast("was not found");
    await toast.waitFor();
    for (const button of ["Create Private Environment", "Choose", "Show Log"]) {
      await toast.locator(".monaco-button", { hasText: button }).first().waitFor();
    }
    await window.untilStatus(/no server/);
    await window.shot("missing-server");
    await until("the selected Python was asked", () => workspace.pythonWasStarted);
  });

  await check("the private environment is made of what the package carries, and its server runs", async () => {
    await window.toastButton("was not found", "Create Private Environment");
    await window.toast("making the private environment").waitFor();
    await window.shot("making-environment");
    await window.untilStatus(/idle|server stopped|no server/);
    await window.shot("environment-made");
    assert.match(await window.status(), /idle/);
  });
  await page.close();
}
