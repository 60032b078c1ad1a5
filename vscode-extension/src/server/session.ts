// The life of the server: looked for, started, stopped, started again; tells others its state.
// Nothing is looked for or started before the workspace is trusted.
import * as vscode from "vscode";
import { State, type LanguageClient } from "vscode-languageclient/node";
import { log } from "../log";
import { unsupported } from "../platform";
import { sentence } from "../words/errors";
import { makeClient, type Interceptor } from "./client";
import { findServer } from "./find";
import { tellFailed, tellMissing } from "./missing";
import type { ServerState } from "./state";

export class Session implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ServerState>();
  private readonly started = new vscode.EventEmitter<LanguageClient>();
  readonly onDidChangeState = this.changed.event;
  /** A server answers; everything about an older one is gone. */
  readonly onDidStart = this.started.event;
  private current: ServerState = "off";
  private reason = "";
  private client: LanguageClient | undefined;
  private starting: Promise<void> | undefined;
  private restarting: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly intercept: Interceptor,
  ) {}

  get state(): ServerState {
    return this.current;
  }

  /** Start if that is possible, and say so where it is not; the second of two calls waits for the first. */
  start(): Promise<void> {
    this.starting ??= this.tryToStart().finally(() => (this.starting = undefined));
    return this.starting;
  }

  /** One after another, since a setting and a command may both ask for it. */
  restart(): Promise<void> {
    this.restarting = this.restarting.then(async () => {
      await this.starting;
      await this.stop();
      await this.start();
    });
    return this.restarting;
  }

  /** The running client, or undefined after telling the person why there is none. */
  async ready(): Promise<LanguageClient | undefined> {
    if (this.starting !== undefined || this.current === "off") {
      await this.start();
      return this.running();
    }
    if (this.current === "running") {
      return this.client;
    }
    if (this.current === "untrusted" && vscode.workspace.isTrusted) {
      await this.start();
      return this.running();
    }
    this.explain();
    return undefined;
  }

  /** The client if it runs; says nothing. */
  running(): LanguageClient | undefined {
    return this.current === "running" ? this.client : undefined;
  }

  /** Tell why there is no server. */
  explain(): void {
    if (this.current === "missing") {
      void tellMissing(this.reason);
    } else if (this.current === "failed") {
      void tellFailed(this.reason);
    } else if (this.current === "untrusted") {
      void tellUntrusted();
    } else {
      void vscode.window.showWarningMessage(this.reason);
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.become("off");
    await client?.dispose().catch((error: unknown) => log().warn(`The server did not end well: ${String(error)}`));
  }

  private async tryToStart(): Promise<void> {
    const problem = unsupported(process.platform, process.arch);
    if (problem !== null) {
      return this.refuse("unsupported", problem);
    }
    if (!vscode.workspace.isTrusted) {
      return this.become("untrusted");
    }
    this.become("starting");
    const found = await findServer(this.context);
    if ("reason" in found) {
      return this.refuse("missing", found.reason);
    }
    const client = await makeClient(this.context, found.launch, this.intercept);
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped && this.client === client && this.current === "running") {
        this.refuse("failed", "The server of pie-lsp ended unexpectedly; the log says more.");
      }
    });
    try {
      await client.start();
    } catch (error) {
      return this.refuse("failed", `The server of pie-lsp did not start: ${sentence(error)}`);
    }
    this.become("running");
    this.started.fire(client);
  }

  private refuse(state: ServerState, reason: string): void {
    this.reason = reason;
    this.become(state);
    this.explain();
  }

  private become(state: ServerState): void {
    this.current = state;
    void vscode.commands.executeCommand("setContext", "pieLsp.serverRunning", state === "running");
    this.changed.fire(state);
  }

  dispose(): void {
    this.changed.dispose();
    this.started.dispose();
  }
}

async function tellUntrusted(): Promise<void> {
  const manage = "Manage Workspace Trust";
  const sentenceForPeople = "pie-lsp compiles and runs your programs, so it does nothing before you trust this folder.";
  if ((await vscode.window.showWarningMessage(sentenceForPeople, manage)) === manage) {
    await vscode.commands.executeCommand("workbench.trust.manage");
  }
}
