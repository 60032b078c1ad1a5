// The active Python environment: asked of the Python extension, else read from its setting. Starts nothing.
import * as path from "node:path";
import * as vscode from "vscode";
import { log } from "../log";

/** What is used of the API of the extension ms-python.python. */
interface PythonApi {
  environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
    resolveEnvironment(path: { path: string }): Promise<{ executable: { uri?: vscode.Uri } } | undefined>;
  };
}

/** Absolute path of the interpreter, or null. Called in a trusted workspace only. */
export async function activePython(): Promise<string | null> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return (await fromExtension(folder)) ?? fromSetting(folder);
}

async function fromExtension(folder: vscode.Uri | undefined): Promise<string | null> {
  const extension = vscode.extensions.getExtension<PythonApi>("ms-python.python");
  if (extension === undefined) {
    return null;
  }
  try {
    const api = await extension.activate();
    const active = api.environments?.getActiveEnvironmentPath(folder);
    const resolved = active && (await api.environments?.resolveEnvironment(active));
    return resolved?.executable.uri?.fsPath ?? null;
  } catch (error) {
    log().warn(`The Python extension did not say which environment is active: ${String(error)}`);
    return null;
  }
}

function fromSetting(folder: vscode.Uri | undefined): string | null {
  const value = vscode.workspace.getConfiguration("python", folder ?? null).get<string>("defaultInterpreterPath");
  const text = value?.replace("${workspaceFolder}", folder?.fsPath ?? "");
  return text !== undefined && path.isAbsolute(text) ? text : null;
}
