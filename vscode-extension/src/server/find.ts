// Looks for a server that answers to `--version`. Called in a trusted workspace only; the order is in candidates.ts.
import { access, constants } from "node:fs/promises";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { log } from "../log";
import { run } from "../process";
import { candidates, versionIn, type Launch } from "./candidates";
import { privatePython } from "./environment";
import { activePython } from "./python";

export interface Found {
  launch: Launch;
  version: string;
}

export interface NotFound {
  /** Why, as a sentence. */
  reason: string;
}

const SECONDS = 60;

export async function findServer(context: vscode.ExtensionContext): Promise<Found | NotFound> {
  const launches = candidates({
    setting: vscode.workspace.getConfiguration("pie").get<string>("server.path") ?? "",
    python: await activePython(),
    searchPath: process.env.PATH ?? "",
    privatePython: await privatePython(context),
    home: homedir(),
  });
  let reason = "The server of pie-lsp was not found in the selected Python environment, on the PATH or in a private environment.";
  for (const launch of launches) {
    const problem = await tryOne(launch, context);
    if (typeof problem !== "string") {
      log().info(`Server ${problem.version} from ${launch.source}: ${launch.command}`);
      return problem;
    }
    if (launch.chosen) {
      reason = `The setting pie.server.path names ${launch.command}, which is no server of pie-lsp: ${problem}`;
    }
  }
  log().warn(reason);
  return { reason };
}

async function tryOne(launch: Launch, context: vscode.ExtensionContext): Promise<Found | string> {
  try {
    await access(launch.command, constants.X_OK);
  } catch {
    return "there is no such program.";
  }
  const outcome = await run(launch.command, [...launch.args, "--version"], {
    cwd: context.extensionUri.fsPath,
    seconds: SECONDS,
  });
  const version = outcome.status === 0 ? versionIn(outcome.stdout) : null;
  if (version !== null) {
    return { launch, version };
  }
  const lastLine = outcome.stderr.trim().split("\n").at(-1);
  const answer = outcome.problem ?? (lastLine === undefined || lastLine === "" ? "it does not tell its version." : lastLine);
  log().info(`No server from ${launch.source}: ${launch.command}: ${answer}`);
  return answer;
}
