// Workspace trust: the server starts at once in a trusted folder, and otherwise when trust is granted.
import * as vscode from "vscode";
import type { Session } from "./server/session";

export function startWhenTrusted(session: Session): vscode.Disposable[] {
  void session.start();
  return [vscode.workspace.onDidGrantWorkspaceTrust(() => void session.start())];
}
