// Makes the language client for a server that was found: its process, capabilities and middleware.
import { homedir } from "node:os";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, RevealOutputChannelOn, TransportKind } from "vscode-languageclient/node";
import { LanguageClient, type ClientCapabilities, type LanguageClientOptions, type StaticFeature } from "vscode-languageclient/node";
import { log } from "../log";
import { secretEnvironment } from "../secrets";
import type { Launch } from "./candidates";
import { serverSettings } from "./configuration";

/** Takes a command of the server before it is sent; `next` sends it. */
export type Interceptor = (command: string, args: unknown[], next: () => Promise<unknown>) => Promise<unknown>;

export async function makeClient(context: vscode.ExtensionContext, launch: Launch, intercept: Interceptor): Promise<LanguageClient> {
  const env = { ...process.env, ...(await secretEnvironment(context)) };
  const server = {
    command: launch.command,
    args: [...launch.args, "serve"],
    transport: TransportKind.stdio,
    options: { cwd: homedir(), env },
  };
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", language: "cpp" }],
    outputChannel: log(),
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: { trusted: vscode.workspace.isTrusted },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
    },
    initializationFailedHandler: (error: unknown) => {
      log().error(String(error));
      return false;
    },
    middleware: {
      // The figure stands behind the function as a decoration, which says more than the hint at its name.
      provideInlayHints: () => [],
      executeCommand: (command, args: unknown[], next) => intercept(command, args, () => Promise.resolve(next(command, args))),
      workspace: {
        configuration: (params) => params.items.map((item) => (item.section === "pie" ? serverSettings(context) : null)),
      },
    },
  };
  const client = new LanguageClient("pie", "pie-lsp", server, options);
  client.registerFeature(new ResultsCapability());
  return client;
}

/** Tells the server that we want to hear when results change. */
class ResultsCapability implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const experimental = (capabilities.experimental ?? {}) as Record<string, unknown>;
    capabilities.experimental = { ...experimental, pie: { results: true } };
  }

  initialize(): void {
    // There is nothing to register with the editor.
  }

  getState(): { kind: "static" } {
    return { kind: "static" };
  }

  clear(): void {
    // There is nothing to clear.
  }
}
