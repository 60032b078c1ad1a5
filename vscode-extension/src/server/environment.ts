// The private environment: makes it from what the package carries, and says whether it is whole.
// Nothing under our name comes from an index, and what comes from one has to have the pinned hash.
import { access, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import { log } from "../log";
import { run } from "../process";
import { findBundle } from "./bundle";

const PYTHONS = ["python3", "/usr/bin/python3", "python3.14", "python3.13", "python3.12", "python3.11"];
const SUITABLE = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))";

function folderOf(context: vscode.ExtensionContext): string {
  return path.join(context.globalStorageUri.fsPath, "environment");
}

function stampOf(context: vscode.ExtensionContext): string {
  return path.join(folderOf(context), "made-from");
}

/** Its interpreter if it was made to the end and of what this package carries, or null. */
export async function privatePython(context: vscode.ExtensionContext): Promise<string | null> {
  const python = path.join(folderOf(context), "bin", "python");
  try {
    await access(python);
    const stamp = await readFile(stampOf(context), "utf8");
    const bundle = await findBundle(context.extensionUri.fsPath);
    return bundle === null || bundle.stamp === stamp ? python : null;
  } catch {
    return null;
  }
}

/** Make it, with a display that can be cancelled. Returns null, or a sentence about what went wrong. */
export async function createEnvironment(context: vscode.ExtensionContext): Promise<string | null> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: "pie: making the private environment", cancellable: true },
    async (progress, token) => {
      const problem = await make(context, (message) => progress.report({ message }), token);
      return token.isCancellationRequested ? "The private environment was not finished: it was cancelled." : problem;
    },
  );
}

async function make(
  context: vscode.ExtensionContext,
  report: (message: string) => void,
  token: vscode.CancellationToken,
): Promise<string | null> {
  const bundle = await findBundle(context.extensionUri.fsPath);
  if (bundle === null) {
    return "This build of the extension carries no server; install pie-lsp yourself and choose it.";
  }
  const base = await suitablePython(token);
  if (base === null) {
    return "Python 3.11 or newer with the module venv was not found (on Debian and Ubuntu: apt install python3-venv).";
  }
  const folder = folderOf(context);
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  const python = path.join(folder, "bin", "python");
  const pip = ["-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"];
  const steps: [string, string, string[]][] = [
    ["the environment itself", base, ["-I", "-m", "venv", folder]],
    ["Python packages, each checked by its hash", python, [...pip, "--require-hashes", "--only-binary", ":all:", "-r", bundle.lock]],
    ["the server that this extension carries", python, [...pip, "--no-deps", "--no-index", bundle.wheel]],
  ];
  for (const [what, command, args] of steps) {
    report(what);
    const outcome = await run(command, args, { token, cwd: context.globalStorageUri.fsPath, line: (text) => log().info(text) });
    if (outcome.status !== 0) {
      const last = outcome.problem ?? outcome.stderr.trim().split("\n").at(-1) ?? "";
      return `The private environment could not be made (${what}): ${last}`;
    }
  }
  await writeFile(stampOf(context), bundle.stamp);
  return null;
}

async function suitablePython(token: vscode.CancellationToken): Promise<string | null> {
  for (const name of PYTHONS) {
    if ((await run(name, ["-I", "-c", SUITABLE], { token, cwd: "/" })).status === 0) {
      return name;
    }
  }
  return null;
}
