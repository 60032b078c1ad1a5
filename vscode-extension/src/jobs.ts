// The jobs that run now, and one display with a cancel button for each. Knows requests, and nothing of results.
import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { WorkDoneProgress, type LanguageClient } from "vscode-languageclient/node";
import { log } from "./log";
import type { RunAnswer } from "./protocol";
import { isCancellation, sentence } from "./words/errors";
import { Steps } from "./words/progress";

interface Job {
  title: string;
  message: string;
  source: vscode.CancellationTokenSource;
}

export class Jobs implements vscode.Disposable {
  private readonly jobs = new Set<Job>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  get count(): number {
    return this.jobs.size;
  }

  /** One line about the newest job, or null. */
  get line(): string | null {
    const newest = [...this.jobs].at(-1);
    return newest === undefined ? null : newest.message || newest.title;
  }

  cancelAll(): void {
    for (const job of this.jobs) {
      job.source.cancel();
    }
  }

  /** Send a request that is a job. Undefined where it failed or was cancelled, which the person was told. */
  async run(client: LanguageClient, method: string, params: object, title: string): Promise<RunAnswer | undefined> {
    const job: Job = { title, message: "", source: new vscode.CancellationTokenSource() };
    this.jobs.add(job);
    this.changed.fire();
    try {
      return await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title, cancellable: true },
        (progress, token) => this.send(client, method, params, job, progress, token),
      );
    } catch (error) {
      if (isCancellation(error) || job.source.token.isCancellationRequested) {
        vscode.window.setStatusBarMessage(`pie: cancelled: ${title}`, 5000);
      } else {
        log().warn(`${method}: ${String(error)}`);
        void vscode.window.showErrorMessage(`${title}: ${sentence(error)}`);
      }
      return undefined;
    } finally {
      this.jobs.delete(job);
      job.source.dispose();
      this.changed.fire();
    }
  }

  private async send(
    client: LanguageClient,
    method: string,
    params: object,
    job: Job,
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<RunAnswer> {
    const workDoneToken = randomUUID();
    const steps = new Steps();
    const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      const step = steps.next(value);
      job.message = step.message ?? job.message;
      progress.report(step);
      this.changed.fire();
    });
    const cancelled = token.onCancellationRequested(() => job.source.cancel());
    try {
      return await client.sendRequest<RunAnswer>(method, { ...params, workDoneToken }, job.source.token);
    } finally {
      listening.dispose();
      cancelled.dispose();
    }
  }

  dispose(): void {
    this.cancelAll();
    this.changed.dispose();
  }
}
