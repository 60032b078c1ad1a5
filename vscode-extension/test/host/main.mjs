// Drives the packaged extension in a real editor.
//   node main.mjs --hosts FOLDER --vsix FILE [--chromium PROGRAM] [--only NAMES] [--keep FOLDER]
// FOLDER holds what package.json beside this file names, installed. $PIE_SHOTS, if set, gets screenshots.
// Where a check fails, everything is tried once more from the start, since a click on a busy machine may miss
// what has just moved; both outcomes are told, and what fails twice fails.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { Host } from "./host.mjs";
import { Report } from "./report.mjs";
import { inHost } from "./scenario_in_host.mjs";
import { firstSteps } from "./scenario_first_steps.mjs";
import { keyboard } from "./scenario_keyboard.mjs";
import { looks } from "./scenario_looks.mjs";
import { openBrowser } from "./window.mjs";
import { Workspace } from "./workspace.mjs";

const { values } = parseArgs({ options: { hosts: { type: "string" }, vsix: { type: "string" }, only: { type: "string" }, chromium: { type: "string" }, keep: { type: "string" } } });
const chromium = values.chromium ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((name) => existsSync(name));
if (chromium === undefined) {
  throw new Error("There is no chromium; install the package chromium.");
}
const hosts = path.resolve(values.hosts);
const shots = process.env.PIE_SHOTS;
const scratch = values.keep ?? mkdtempSync(path.join(tmpdir(), "pie-vscode-"));
const report = new Report(shots);
const host = new Host(hosts, scratch);
const workspace = new Workspace(path.join(scratch, "work space"));
const scenarios = { firstSteps, keyboard, looks, inHost };
const chosen = Object.entries(scenarios).filter(([name]) => values.only === undefined || values.only.split(",").includes(name));
if (!chosen.some(([name]) => name === "firstSteps")) {
  host.change({ "security.workspace.trust.enabled": false });
}
let browser;
try {
  host.install(path.resolve(values.vsix));
  await host.start();
  const opened = await openBrowser(hosts, chromium);
  browser = opened.browser;
  for (const [name, scenario] of chosen) {
    console.log(`# ${name}`);
    workspace.reset();
    await report.check(`${name} ran to its end`, () => scenario({ host, workspace, report, shots, context: opened.context }));
  }
} finally {
  await browser?.close();
  await host.stop();
}
console.log(`${report.passed} passed, ${report.failed.length} failed`);
if (report.failed.length === 0 && values.keep === undefined) {
  rmSync(scratch, { recursive: true, force: true });
} else {
  console.log(`The editor's folders are kept in ${scratch}`);
}
const succeeded = report.failed.length === 0 && report.passed > 0;
if (!succeeded && process.env.PIE_SECOND_TRY === undefined && values.keep === undefined) {
  console.log("# everything once more");
  const again = spawnSync(process.execPath, process.argv.slice(1), { stdio: "inherit", env: { ...process.env, PIE_SECOND_TRY: "1" } });
  process.exit(again.status ?? 1);
}
process.exit(succeeded ? 0 : 1);
