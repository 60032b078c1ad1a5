// The private messages between server and extension, as types. Knows nothing of VS Code.
import type { Position, ProgressToken, Range } from "vscode-languageclient";

export interface FunctionName {
  name: string;
  qualifiedName: string;
  line: number;
}

export interface TestCost {
  name: string;
  oldCost: number;
  newCost: number;
  speedup: number | null;
}

export interface Candidate {
  rank: number;
  title: string;
  headline: string;
  short: string;
  speedup: number;
  low: number | null;
  high: number | null;
  assurance: string;
  explanation: string;
  notes: string[];
  llmGenerated: boolean;
  perTest: TestCost[];
  original: string;
  proposed: string;
  applicable: boolean;
}

export interface Rejection {
  function: string;
  title: string;
  proposer: string;
  stage: string;
  reason: string;
}

export type Standing = "fresh" | "applied" | "stale" | "nothing";

export interface Run {
  id: string;
  uri: string;
  function: FunctionName;
  range: Range | null;
  standing: Standing;
  message: string;
  machine: string;
  unit: string;
  tests: { source: string; count: number };
  oldCost: number | null;
  candidates: Candidate[];
  rejected: Rejection[];
  advice: string[];
  cached: boolean;
}

export type Scope = "function" | "file" | "changed";

export interface RunParams {
  textDocument?: { uri: string };
  folder?: string;
  scope: Scope;
  position?: Position;
  function?: { qualifiedName: string; line: number; fingerprint?: string };
  base?: string;
  workDoneToken?: ProgressToken;
}

export interface VerifyCopyParams {
  textDocument: { uri: string };
  result: string;
  rank?: number;
  text: string;
  workDoneToken?: ProgressToken;
}

export interface RunAnswer {
  results: string[];
  message: string;
}

export interface ResultsAnswer {
  runs: Run[];
}

export interface ApplyAnswer {
  applied: boolean;
  problem: string | null;
}

export const RUN = "pie/run";
export const VERIFY_COPY = "pie/verifyCopy";
export const RESULTS = "pie/results";
export const RESULTS_CHANGED = "pie/resultsChanged";

/** Scheme of the server's read-only texts. */
export const SCHEME = "pie";
