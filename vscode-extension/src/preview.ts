// The preview: a diff of two read-only texts of the server, and which one is on the screen.
// Looking at it changes nothing; applying is a command of its own.
import * as vscode from "vscode";
import { SCHEME, type Candidate, type Run } from "./protocol";
import { neighbour, type Place } from "./results/order";
import type { Results } from "./results/store";
import { parseTextPath } from "./uris";

export interface Shown {
  result: string;
  rank: number;
}

/** Show a suggestion in the diff editor. */
export async function showPreview(run: Run, candidate: Candidate): Promise<void> {
  const left = vscode.Uri.parse(candidate.original);
  const right = vscode.Uri.parse(candidate.proposed);
  const title = `${run.function.name} ${candidate.rank}/${run.candidates.length}: ${candidate.title} (${candidate.short})`;
  await vscode.commands.executeCommand("vscode.diff", left, right, title, { preview: true } satisfies vscode.TextDocumentShowOptions);
}

/** Which suggestion a command means: the address that a menu gave, or the diff on the screen. */
export function shown(resource?: unknown): Shown | undefined {
  const uri = resource instanceof vscode.Uri && resource.scheme === SCHEME ? resource : activeUri();
  const address = uri === undefined ? null : parseTextPath(uri.path);
  return address === null ? undefined : { result: address.result, rank: address.rank ?? 1 };
}

function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputTextDiff) {
    return input.modified.scheme === SCHEME ? input.modified : undefined;
  }
  return input instanceof vscode.TabInputText && input.uri.scheme === SCHEME ? input.uri : undefined;
}

/** Go to the suggestion after or before the shown one. */
export async function step(results: Results, resource: unknown, by: 1 | -1): Promise<void> {
  const from = shown(resource);
  const place: Place | undefined = from && neighbour(results.runs, from.result, from.rank, by);
  if (place === undefined) {
    void vscode.window.showInformationMessage("There is no other suggestion for this file.");
    return;
  }
  await showPreview(place.run, place.candidate);
}

/** Close every preview of a result, since it is applied, discarded or replaced. */
export async function closePreviews(result: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(
    ({ input }) =>
      input instanceof vscode.TabInputTextDiff &&
      input.modified.scheme === SCHEME &&
      parseTextPath(input.modified.path)?.result === result,
  );
  if (ours.length > 0) {
    await vscode.window.tabGroups.close(ours);
  }
}
