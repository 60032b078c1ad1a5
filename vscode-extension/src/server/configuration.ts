// Reads the section `pie` out of VS Code, for the server.
import * as vscode from "vscode";
import { forServer, type Inspected } from "./settings";

interface Manifest {
  contributes: { configuration: { properties: Record<string, unknown> } };
}

const SECTION = "pie";

/** What to answer to `workspace/configuration` for our section. */
export function serverSettings(context: vscode.ExtensionContext): Record<string, unknown> {
  const manifest = context.extension.packageJSON as Manifest;
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const inspected = Object.keys(manifest.contributes.configuration.properties).map((name): Inspected => {
    const key = name.slice(SECTION.length + 1);
    const found = configuration.inspect(key);
    const isSet = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue].some((value) => value !== undefined);
    return { key, value: configuration.get(key), isSet };
  });
  return forServer(inspected);
}
