// Keys of language models: kept in VS Code's secret storage, and given to the server's process and to nothing else.
import * as vscode from "vscode";
import { suggestedVariables, variableProblem } from "./words/variables";

const NAMES = "pieLsp.keyVariables";

function slot(variable: string): string {
  return `key:${variable}`;
}

function known(context: vscode.ExtensionContext): string[] {
  return context.globalState.get<string[]>(NAMES) ?? [];
}

/** The variables that the server's process gets besides our own environment. */
export async function secretEnvironment(context: vscode.ExtensionContext): Promise<Record<string, string>> {
  const environment: Record<string, string> = {};
  for (const variable of known(context)) {
    const key = await context.secrets.get(slot(variable));
    if (key !== undefined && variableProblem(variable) === null) {
      environment[variable] = key;
    }
  }
  return environment;
}

/** Ask for a variable and its key. Returns whether something was stored. */
export async function setModelKey(context: vscode.ExtensionContext): Promise<boolean> {
  const variable = await askForVariable(context);
  if (variable === undefined) {
    return false;
  }
  const key = await vscode.window.showInputBox({
    title: `Key for ${variable}`,
    prompt: "It is kept in the secret storage of the editor, and given to the server under this variable.",
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined || key.trim() === "") {
    return false;
  }
  await context.secrets.store(slot(variable), key.trim());
  await context.globalState.update(NAMES, [...new Set([...known(context), variable])]);
  return true;
}

async function askForVariable(context: vscode.ExtensionContext): Promise<string | undefined> {
  const models = vscode.workspace.getConfiguration("pie").get<unknown>("models");
  const names = [...new Set([...suggestedVariables(models), ...known(context)])];
  const other = "Another variable…";
  const picked = names.length === 0 ? other : await vscode.window.showQuickPick([...names, other], { title: "Which key?" });
  if (picked !== other) {
    return picked;
  }
  return vscode.window.showInputBox({
    title: "Variable that holds the key",
    prompt: "The name that stands as key_variable at the model, for example OPENAI_API_KEY.",
    validateInput: (text) => variableProblem(text),
  });
}

/** Remove one key. Returns whether something was removed. */
export async function forgetModelKey(context: vscode.ExtensionContext): Promise<boolean> {
  const picked = await vscode.window.showQuickPick(known(context), { title: "Forget which key?", placeHolder: "No key is stored." });
  if (picked === undefined) {
    return false;
  }
  await context.secrets.delete(slot(picked));
  await context.globalState.update(NAMES, known(context).filter((name) => name !== picked));
  return true;
}
