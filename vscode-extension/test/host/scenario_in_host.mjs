// Hands the tests of `inhost` to the real extension host, and takes over what they report.
import * as path from "node:path";
import { PATIENCE } from "./poll.mjs";

export async function inHost({ host, workspace, report, context }) {
  await host.stop();
  await host.start({ driver: true });
  const page = await context.newPage();
  const exit = new Promise((resolve) => void page.exposeFunction("codeAutomationExit", resolve));
  await page.exposeFunction("codeAutomationLog", (_type, parts) => {
    const text = (parts ?? []).map(String).join(" ");
    const found = /^(ok|FAILED) {1,7}(.*)$/s.exec(text);
    if (found !== null) {
      report.ended(found[2], found[1] === "ok" ? undefined : "see above");
    }
  });
  const tests = path.join(import.meta.dirname, "inhost");
  const payload = [
    ["extensionDevelopmentPath", host.remote(tests)],
    ["extensionTestsPath", host.remote(path.join(tests, "index.cjs"))],
    ["skipWelcome", "true"],
  ];
  await page.goto(host.url(workspace.folder, payload), { waitUntil: "domcontentloaded" });
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(() => resolve("nothing, for too long"), 5 * PATIENCE)));
  const code = await Promise.race([exit, late]);
  clearTimeout(timer);
  await page.close();
  if (code !== 0) {
    throw new Error(`The tests in the extension host ended with ${code}.`);
  }
}
