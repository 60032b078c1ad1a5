// What is said where no server answers, with buttons for what to do. Never silence.
import * as vscode from "vscode";

const CREATE = "Create Private Environment";
const CHOOSE = "Choose…";
const LOG = "Show Log";
const RESTART = "Try Again";

/** Tell, and do what the person picks. */
export async function tellMissing(reason: string): Promise<void> {
  const picked = await vscode.window.showWarningMessage(reason, CREATE, CHOOSE, LOG);
  await follow(picked);
}

/** The server was there and ended, or did not start. */
export async function tellFailed(reason: string): Promise<void> {
  const picked = await vscode.window.showErrorMessage(reason, RESTART, CHOOSE, LOG);
  await follow(picked);
}

async function follow(picked: string | undefined): Promise<void> {
  const commands: Record<string, string> = {
    [CREATE]: "pieLsp.createEnvironment",
    [CHOOSE]: "pieLsp.chooseServer",
    [LOG]: "pieLsp.showLog",
    [RESTART]: "pieLsp.restartServer",
  };
  const command = picked === undefined ? undefined : commands[picked];
  if (command !== undefined) {
    await vscode.commands.executeCommand(command);
  }
}
