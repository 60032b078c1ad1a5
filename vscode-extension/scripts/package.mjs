// Makes the .vsix: builds the server's wheel with the Python that PYTHON names, puts it beside the pinned list of
// what it needs, bundles, and packages without a network.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import * as path from "node:path";

const here = path.resolve(import.meta.dirname, "..");
const repository = path.resolve(here, "..");
const python = process.env.PYTHON ?? "python3";
const server = path.join(here, "server");
const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: "inherit" });

rmSync(server, { recursive: true, force: true });
mkdirSync(server);
const isolation = process.env.PIE_BUILD_ISOLATION === "0" ? ["--no-build-isolation"] : [];
run(python, ["-m", "pip", "wheel", "-q", "--no-deps", "--disable-pip-version-check", ...isolation, "-w", server, repository], here);
cpSync(path.join(repository, "requirements.lock"), path.join(server, "requirements.lock"));
cpSync(path.join(repository, "LICENSE"), path.join(here, "LICENSE"));
if (readdirSync(server).filter((name) => name.endsWith(".whl")).length !== 1) {
  throw new Error("Exactly one wheel was expected.");
}
run(process.execPath, ["scripts/build.mjs", "--minify"], here);
const vsce = path.join(here, "node_modules", "@vscode", "vsce", "vsce");
run(process.execPath, [vsce, "package", "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "-o", process.env.VSIX ?? "pie-lsp.vsix"], here);
