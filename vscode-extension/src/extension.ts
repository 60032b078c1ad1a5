// Entry point: builds the parts, connects them, and starts the server where it may be started.
import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { Copies } from "./copies";
import { Decorations } from "./decorations";
import { interceptor } from "./intercept";
import { Jobs } from "./jobs";
import { disposeLog } from "./log";
import { RESULTS_CHANGED, type Run } from "./protocol";
import { Results } from "./results/store";
import { ResultsView, VIEW } from "./results/view";
import { Session } from "./server/session";
import type { ServerState } from "./server/state";
import type { Services } from "./services";
import { StatusBar } from "./status";
import { startWhenTrusted } from "./trust";

/** What other extensions can read. */
export interface Api {
  readonly state: ServerState;
  readonly runs: readonly Run[];
}

let session: Session | undefined;

export function activate(context: vscode.ExtensionContext): Api {
  const services: Services = build(context, () => services);
  const { jobs, results, copies } = services;
  session = services.session;
  const view = new ResultsView(vscode.Uri.joinPath(context.extensionUri, "media"), results);
  context.subscriptions.push(
    services.session,
    jobs,
    results,
    copies,
    view,
    new Decorations(results),
    new StatusBar(services.session, jobs, results),
    vscode.window.registerWebviewViewProvider(VIEW, view),
    ...registerCommands(services),
    ...connect(services),
    ...startWhenTrusted(services.session),
  );
  return {
    get state() {
      return services.session.state;
    },
    get runs() {
      return results.runs;
    },
  };
}

export async function deactivate(): Promise<void> {
  await session?.stop();
  session = undefined;
  disposeLog();
}

function build(context: vscode.ExtensionContext, services: () => Services): Services {
  const started = new Session(context, interceptor(services));
  return { context, session: started, jobs: new Jobs(), results: new Results(started), copies: new Copies() };
}

/** Who is told of what. */
function connect({ session: server, results }: Services): vscode.Disposable[] {
  return [
    server.onDidStart((client) => {
      client.onNotification(RESULTS_CHANGED, () => void results.refresh());
      void results.refresh();
    }),
    server.onDidChangeState((state) => {
      if (state !== "running") {
        void results.refresh();
      }
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("pie.server.path")) {
        void server.restart();
      }
    }),
  ];
}
