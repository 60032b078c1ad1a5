// One window of the editor in a headless browser, as a person uses it: keys, clicks, and what is on the screen.
import { createRequire } from "node:module";
import * as path from "node:path";
import { until } from "./poll.mjs";

const PATIENCE = Number(process.env.PIE_PATIENCE ?? 120) * 1000;
/** How long a list may take that is opened anew when it does not have the row. */
const SOON = 10_000;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export async function openBrowser(hosts, chromium) {
  const require = createRequire(path.join(hosts, "node_modules/"));
  const playwright = require("playwright-core");
  const browser = await playwright.chromium.launch({ executablePath: chromium, headless: true, args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 1400, height: 860 } });
  return { browser, context };
}

export class Window {
  constructor(page, shots, name) {
    this.name = name;
    this.page = page;
    this.shots = shots;
    this.taken = 0;
    page.setDefaultTimeout(PATIENCE);
  }

  async open(url) {
    await this.page.goto(url, { waitUntil: "domcontentloaded" });
    await this.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
  }

  async shot(name) {
    if (this.shots !== undefined) {
      this.taken += 1;
      await this.page.screenshot({ path: path.join(this.shots, `${this.name}-${String(this.taken).padStart(2, "0")}-${name}.png`) });
    }
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  /** Take one row of the quick input, by typing. */
  async quick(opener, text) {
    await until(`there is a row ${text}`, async () => {
      await this.press(opener);
      try {
        await this.typed(text, SOON);
        return true;
      } catch {
        // What the list offers grows while the editor starts, and only a list that is opened anew shows it.
        await this.press("Escape");
        return false;
      }
    });
  }

  /** Type into the quick input that is open, and take the row with that text. */
  async typed(text, patience = PATIENCE) {
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor({ state: "visible", timeout: patience });
    await this.page.keyboard.type(text);
    const rows = this.page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: text }).first().waitFor({ timeout: patience });
    await until(`the row ${text} has the focus`, async () => {
      const focused = await this.page.locator(".quick-input-list .monaco-list-row.focused").first().innerText({ timeout: 1000 }).catch(() => "");
      if (focused.replace(/\u00a0/g, " ").trim().startsWith(text)) {
        return true;
      }
      await this.press("ArrowDown");
      return false;
    }, patience);
    await this.press("Enter");
  }

  /** Answer the input box that is open. */
  async answer(text) {
    const input = this.page.locator(".quick-input-widget input:not([type=checkbox])").first();
    await input.waitFor({ state: "visible" });
    await until("the box is empty", async () => (await input.inputValue()) === "");
    await this.page.keyboard.type(text);
    await this.press("Enter");
  }

  command(title) {
    return this.quick("F1", title);
  }

  /** Open a file, and put the cursor on the line that has `text`. */
  async file(name, text) {
    await this.quick("Control+p", name);
    const line = this.page.locator(".editor-instance .view-line", { hasText: text }).first();
    await line.waitFor();
    await line.click({ position: { x: 60, y: 8 } });
  }

  status() {
    return this.page.locator(".statusbar-item", { hasText: "pie" }).first().innerText();
  }

  /** Wait until the status bar says what `pattern` matches. */
  untilStatus(pattern) {
    return until(`the status bar says ${pattern}`, async () => pattern.test((await this.status()).replace(/\u00a0/g, " ")));
  }

  toast(text) {
    return this.page.locator(".notifications-toasts .notification-toast", { hasText: text }).first();
  }

  async toastButton(text, button) {
    const toast = this.toast(text);
    await toast.waitFor();
    await toast.locator(".monaco-button", { hasText: button }).first().click();
  }

  /** Wait until a notification is gone. */
  untilGone(text) {
    return this.toast(text).waitFor({ state: "detached" });
  }

  async clearToasts() {
    await this.command("Notifications: Clear All Notifications");
    await until("no notification is left", async () => (await this.page.locator(".notifications-toasts .notification-toast").count()) === 0);
  }

  /** Rows of the menu that the lightbulb opens. */
  async actions() {
    await this.press("Control+.");
    const rows = this.page.locator(".action-widget .monaco-list-row.action");
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((text) => text.replace(/\u00a0/g, " ").trim());
  }

  /** Take a row of the context menu that opens. */
  async takeFromMenu(text) {
    const row = this.page.locator(".monaco-menu .action-item", { hasText: text }).first();
    await row.waitFor();
    // The editor takes no click that comes right after its menu, which may be the one that opened it.
    await until(`the menu takes ${text}`, async () => {
      await row.click({ timeout: SOON }).catch(() => undefined);
      return (await row.count()) === 0;
    });
  }

  /** Take the row of an open menu of actions that has `text`. */
  async takeAction(text) {
    const focused = this.page.locator(".action-widget .monaco-list-row.focused").first();
    await until(`the row ${text} has the focus`, async () => {
      if ((await focused.innerText()).replace(/\u00a0/g, " ").includes(text)) {
        return true;
      }
      await this.press("ArrowDown");
      return false;
    });
    await this.press("Enter");
  }

  /** A button in the title of the active editor. */
  titleButton(label) {
    return this.page.locator(`.editor-group-container.active .editor-actions a[aria-label^="${label}"]`).first();
  }

  /** Texts that decorations write behind lines. */
  decorations() {
    return this.page.evaluate(() =>
      [...document.querySelectorAll(".view-line span span")].map((one) => getComputedStyle(one, "::after").content).filter((text) => text.startsWith('"') && text !== '""'),
    );
  }

  /** The text of the active editor, as far as it is drawn. */
  async text() {
    const lines = await this.page.locator(".editor-group-container.active .view-lines").last().innerText();
    return lines.replace(/\u00a0/g, " ");
  }

  async titles() {
    return this.page.locator(".tabs-container .tab").allInnerTexts();
  }
}
