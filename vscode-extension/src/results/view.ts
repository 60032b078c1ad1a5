// The results view: a webview with a strict policy that shows page.ts, and turns clicks into commands.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { page } from "./page";
import type { Results } from "./store";

export const VIEW = "pieLsp.results";

/** What a click in the page says. */
interface Click {
  command: string;
  result: string;
  rank: number;
}

/** Commands that the page may start. */
const COMMANDS: Record<string, string> = {
  open: "pieLsp.openResult",
  preview: "pieLsp.previewResult",
  apply: "pieLsp.applyResult",
  editCopy: "pieLsp.editCopyOfResult",
  discard: "pieLsp.discardResult",
  verifyAgain: "pieLsp.verifyResultAgain",
};

export class ResultsView implements vscode.WebviewViewProvider, vscode.Disposable {
  private view: vscode.WebviewView | undefined;
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly media: vscode.Uri,
    private readonly results: Results,
  ) {
    this.listening = results.onDidChange(() => this.show());
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    view.webview.options = { enableScripts: true, localResourceRoots: [this.media] };
    view.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    view.onDidDispose(() => (this.view = undefined));
    view.webview.html = this.frame(view.webview);
  }

  private receive(message: unknown): void {
    if (message === "ready") {
      this.show();
      return;
    }
    const click = readClick(message);
    const command = click === null ? undefined : COMMANDS[click.command];
    if (click !== null && command !== undefined) {
      void vscode.commands.executeCommand(command, { result: click.result, rank: click.rank });
    }
  }

  private show(): void {
    const fileOf = (uri: string): string => vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
    void this.view?.webview.postMessage({ body: page(this.results.runs, fileOf) });
  }

  private frame(webview: vscode.Webview): string {
    const nonce = randomBytes(16).toString("base64");
    const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(this.media, name)).toString();
    const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${address("results.css")}">
<title>Speedups</title>
</head>
<body><main id="results"></main>
<script nonce="${nonce}" src="${address("results.js")}"></script></body>
</html>`;
  }

  dispose(): void {
    this.listening.dispose();
  }
}

function readClick(message: unknown): Click | null {
  if (typeof message !== "object" || message === null) {
    return null;
  }
  const { command, result, rank } = message as Record<string, unknown>;
  return typeof command === "string" && typeof result === "string" && typeof rank === "number" ? { command, result, rank } : null;
}
