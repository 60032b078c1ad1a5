// How it looks, in light, dark and high contrast: the results view and its keys, and pictures of everything.
import assert from "node:assert/strict";
import { until } from "./poll.mjs";
import { Window } from "./window.mjs";

const THEMES = { light: "Light Modern", contrast: "Dark High Contrast", dark: "Dark Modern" };
const CLASSES = { dark: "vs-dark", light: "vs", contrast: "hc-black" };

export async function looks({ host, workspace, report, shots, context }) {
  const page = await context.newPage();
  const window = new Window(page, shots, "looks");
  const check = (name, work) => report.check(name, work, window);
  await report.need("the command palette optimizes the file", async () => {
    await window.open(host.url(workspace.folder));
    await window.file("runlength.cpp", "string unpack");
    await window.untilStatus(/idle/);
    await window.command("pie: Optimize File");
    await window.toast("verified faster version").waitFor();
    await window.clearToasts();
  }, window);
  let view;

  await check("the status bar opens the results, which name what was measured and what was rejected", async () => {
    await page.locator(".statusbar-item a", { hasText: "x faster" }).first().click();
    view = await until("the view is drawn", async () => {
      for (const frame of page.frames()) {
        if ((await frame.locator("#results section.run").count().catch(() => 0)) > 0) {
          return frame;
        }
      }
      return undefined;
    });
    const text = await view.locator("#results").innerText();
    for (const words of ["unpack", "Append with +=", "14.31x faster", "runlength.cpp:27", "What each test costs"]) {
      assert.ok(text.includes(words), `${words} in ${text}`);
    }
    assert.equal(await view.locator("section.run article svg rect.before").count(), 6);
    await window.command("View: Toggle Maximized Panel");
  });

  await check("the page has the strict policy: no style or script of its own gets in", async () => {
    const policy = await view.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
    assert.match(policy, /^default-src 'none'; style-src (?!.*unsafe)[^;]*; script-src 'nonce-[^']+'$/);
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    await check(`the theme is followed: ${name}`, async () => {
      await window.command("Preferences: Color Theme");
      await window.typed(theme);
      await page.locator(`.monaco-workbench.${CLASSES[name]}`).waitFor();
      const colours = () => view.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.documentElement).getPropertyValue("--vscode-foreground")]);
      await until("the view took the theme", async () => (await view.evaluate(() => document.body.className)).includes(name === "contrast" ? "high-contrast" : name));
      const [colour, wanted] = await colours();
      assert.ok(colour !== "" && wanted !== "");
      await window.shot(`results-${name}`);
    });
  }

  await window.command("View: Toggle Maximized Panel");
  await check("the view works by keys: Tab reaches a button with a name, Enter opens the preview", async () => {
    const button = view.getByRole("button", { name: /^Preview: suggestion 1 for unpack/ });
    await button.focus();
    await view.locator("button:focus").waitFor();
    await page.keyboard.press("Tab");
    assert.match(await view.locator("button:focus").getAttribute("aria-label"), /^Apply: suggestion 1 for unpack/);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.locator(".monaco-diff-editor").first().waitFor();
    await page.locator(".monaco-diff-editor .modified .view-line", { hasText: "text += packed[i];" }).first().waitFor();
    await window.shot("results-and-preview");
    assert.equal(workspace.onDisk(), workspace.original);
  });

  await check("the walkthrough opens", async () => {
    await window.command("Welcome: Open Walkthrough");
    await window.typed("Make a C++ function faster");
    await page.locator(".gettingStartedContainer", { hasText: "Put a test beside the program" }).first().waitFor();
    await window.shot("walkthrough");
  });
  await page.close();
}
