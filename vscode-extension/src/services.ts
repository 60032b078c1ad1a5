// The parts of the extension that its commands use, handed round as one value.
import type * as vscode from "vscode";
import type { Copies } from "./copies";
import type { Jobs } from "./jobs";
import type { Results } from "./results/store";
import type { Session } from "./server/session";

export interface Services {
  context: vscode.ExtensionContext;
  session: Session;
  jobs: Jobs;
  results: Results;
  copies: Copies;
}
