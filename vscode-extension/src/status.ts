// The status bar item. Its words are in words/status.ts; a click shows the results, or what is wrong.
import * as vscode from "vscode";
import type { Jobs } from "./jobs";
import { best, offered } from "./results/order";
import type { Results } from "./results/store";
import type { Session } from "./server/session";
import { statusText } from "./words/status";

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("pieLsp.status", vscode.StatusBarAlignment.Left, 50);
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly session: Session,
    private readonly jobs: Jobs,
    private readonly results: Results,
  ) {
    this.item.name = "pie-lsp";
    this.item.command = "pieLsp.status";
    this.listening = vscode.Disposable.from(
      session.onDidChangeState(() => this.show()),
      jobs.onDidChange(() => this.show()),
      results.onDidChange(() => this.show()),
    );
    this.show();
    this.item.show();
  }

  private show(): void {
    const found = best(offered(this.results.runs));
    const words = statusText({
      server: this.session.state,
      running: this.jobs.line,
      jobs: this.jobs.count,
      best: found?.candidate.short ?? null,
    });
    this.item.text = words.text;
    this.item.tooltip = words.tooltip;
    this.item.accessibilityInformation = { label: `${words.text.replace(/\$\([^)]*\)\s*/g, "")}. ${words.tooltip}`, role: "button" };
    this.item.backgroundColor = words.warning ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
  }

  dispose(): void {
    this.listening.dispose();
    this.item.dispose();
  }
}
