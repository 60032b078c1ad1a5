// The person's ways to a server: make the private environment, or name a program.
import * as vscode from "vscode";
import { createEnvironment } from "../server/environment";
import { unsupported } from "../platform";
import type { Services } from "../services";

/** Make the private environment and start what is in it. */
export async function createServer({ context, session }: Services): Promise<void> {
  const here = unsupported(process.platform, process.arch);
  if (here !== null || !vscode.workspace.isTrusted) {
    await session.start();
    session.explain();
    return;
  }
  await session.stop();
  const problem = await createEnvironment(context);
  if (problem !== null) {
    void tellProblem(problem);
  }
  await session.start();
  if (problem === null && session.state === "running") {
    void vscode.window.showInformationMessage("pie-lsp is ready: put the cursor on a C++ function and press Ctrl+Alt+O.");
  }
}

async function tellProblem(problem: string): Promise<void> {
  const show = "Show Log";
  if ((await vscode.window.showErrorMessage(problem, show)) === show) {
    await vscode.commands.executeCommand("pieLsp.showLog");
  }
}

/** Ask for the program, and write it to the setting, which only the machine's settings can hold. */
export async function chooseServer({ session }: Services): Promise<void> {
  const picked = await vscode.window.showOpenDialog({
    canSelectMany: false,
    openLabel: "Use This",
    title: "Choose the program pie-lsp, or a Python that has it",
  });
  const program = picked?.[0]?.fsPath;
  if (program !== undefined) {
    await vscode.workspace.getConfiguration("pie").update("server.path", program, vscode.ConfigurationTarget.Global);
    await session.restart();
  }
}
