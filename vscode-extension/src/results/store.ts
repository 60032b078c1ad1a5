// What the server knows to have found, as the extension last heard it; others read it and are told of changes.
import * as vscode from "vscode";
import { log } from "../log";
import { RESULTS, type ResultsAnswer, type Run } from "../protocol";
import type { Session } from "../server/session";

export class Results implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private known: readonly Run[] = [];
  private latest: Promise<void> = Promise.resolve();
  private asked = 0;

  constructor(private readonly session: Session) {}

  /** Newest first. */
  get runs(): readonly Run[] {
    return this.known;
  }

  find(id: string): Run | undefined {
    return this.known.find((run) => run.id === id);
  }

  /** Ask the server again. Ends when the newest answer is known, since one that was overtaken is dropped. */
  async refresh(): Promise<void> {
    const number = ++this.asked;
    const asking = this.ask(number);
    this.latest = asking;
    await asking;
    if (number !== this.asked) {
      await this.latest;
    }
  }

  private async ask(number: number): Promise<void> {
    const client = this.session.running();
    let runs: readonly Run[] = [];
    if (client !== undefined) {
      try {
        runs = (await client.sendRequest<ResultsAnswer>(RESULTS, {})).runs;
      } catch (error) {
        log().warn(`The results could not be read: ${String(error)}`);
        return;
      }
    }
    if (number === this.asked) {
      this.known = runs;
      const files = [...new Set(runs.filter((run) => run.candidates.length > 0).map((run) => vscode.Uri.parse(run.uri).toString()))];
      await vscode.commands.executeCommand("setContext", "pieLsp.filesWithResults", files);
      this.changed.fire();
    }
  }

  dispose(): void {
    this.changed.dispose();
  }
}
