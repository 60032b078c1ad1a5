// The figure of the best suggestion behind the first line of its function. Reads results; asks nobody.
import * as vscode from "vscode";
import type { Run } from "./protocol";
import type { Results } from "./results/store";

const COMMANDS = ["pieLsp.previewResult"];

export class Decorations implements vscode.Disposable {
  private readonly type = vscode.window.createTextEditorDecorationType({
    after: { margin: "0 0 0 2em", color: new vscode.ThemeColor("editorCodeLens.foreground"), fontStyle: "italic" },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly listening: vscode.Disposable;

  constructor(private readonly results: Results) {
    this.listening = vscode.Disposable.from(
      results.onDidChange(() => this.show()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.show()),
    );
  }

  private show(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const address = editor.document.uri.toString();
      const here = this.results.runs.filter((run) => vscode.Uri.parse(run.uri).toString() === address);
      editor.setDecorations(this.type, here.flatMap((run) => decoration(run, editor.document)));
    }
  }

  dispose(): void {
    this.listening.dispose();
    this.type.dispose();
  }
}

function decoration(run: Run, document: vscode.TextDocument): vscode.DecorationOptions[] {
  const best = run.candidates[0];
  if (run.standing !== "fresh" || run.range === null || best === undefined || run.range.start.line >= document.lineCount) {
    return [];
  }
  const end = document.lineAt(run.range.start.line).range.end;
  const hover = new vscode.MarkdownString();
  const argument = encodeURIComponent(JSON.stringify([{ result: run.id, rank: best.rank }]));
  hover.isTrusted = { enabledCommands: COMMANDS };
  hover.appendText(`${best.title}: ${best.headline}`);
  hover.appendMarkdown(`\n\n[Preview](command:pieLsp.previewResult?${argument})`);
  return [{ range: new vscode.Range(end, end), hoverMessage: hover, renderOptions: { after: { contentText: best.short } } }];
}
