// What can be done with a suggestion: look, apply, discard, edit a copy, verify again, go to its function.
import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import { log } from "../log";
import { closePreviews, showPreview, type Shown } from "../preview";
import type { ApplyAnswer, Candidate, Run } from "../protocol";
import { bestAt } from "../results/order";
import type { Services } from "../services";
import { sentence } from "../words/errors";
import { optimizeNamed } from "./optimize";

const GONE = "This suggestion is not there any more: it was discarded or replaced.";

/** What a button, a lens or a page of ours says. */
export function readShown(argument: unknown): Shown | undefined {
  if (typeof argument !== "object" || argument === null) {
    return undefined;
  }
  const { result, rank } = argument as Record<string, unknown>;
  return typeof result === "string" ? { result, rank: typeof rank === "number" && rank > 0 ? rank : 1 } : undefined;
}

async function find(services: Services, place: Shown | undefined): Promise<{ run: Run; candidate: Candidate | undefined } | undefined> {
  if (place === undefined) {
    return undefined;
  }
  if (services.results.find(place.result) === undefined) {
    await services.results.refresh();
  }
  const run = services.results.find(place.result);
  if (run === undefined) {
    void vscode.window.showWarningMessage(GONE);
    return undefined;
  }
  return { run, candidate: run.candidates.find((one) => one.rank === place.rank) };
}

export async function preview(services: Services, place: Shown | undefined): Promise<void> {
  const found = await find(services, place);
  if (found?.candidate !== undefined) {
    await showPreview(found.run, found.candidate);
  }
}

/** The best suggestion of the function at the cursor. */
export async function previewAtCursor(services: Services): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const address = editor?.document.uri.toString();
  const same = (uri: string): boolean => vscode.Uri.parse(uri).toString() === address;
  const place = bestAt(services.results.runs, same, editor?.selection.active.line ?? 0);
  if (place === undefined) {
    void vscode.window.showInformationMessage("There is no verified suggestion in this file yet; optimize a function first.");
    return;
  }
  await showPreview(place.run, place.candidate);
}

/** Have the server apply it, as one step of undo. It refuses where the text is another one, and says so itself. */
export async function apply(services: Services, place: Shown | undefined): Promise<ApplyAnswer | undefined> {
  const client = await services.session.ready();
  const found = client && (await find(services, place));
  if (client === undefined || found === undefined || place === undefined) {
    return undefined;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(found.run.uri));
  const answer = await command<ApplyAnswer>(client, "pie.apply", { result: place.result, rank: place.rank });
  if (answer?.applied === true) {
    await closePreviews(place.result);
    await vscode.window.showTextDocument(document, at(found.run));
  }
  await services.results.refresh();
  return answer;
}

export async function discard(services: Services, place: Shown | undefined): Promise<void> {
  const client = await services.session.ready();
  if (client !== undefined && place !== undefined) {
    await command(client, "pie.discard", { result: place.result });
    await closePreviews(place.result);
    await services.results.refresh();
  }
}

export async function editCopy(services: Services, place: Shown | undefined): Promise<void> {
  const found = await find(services, place);
  if (found?.candidate !== undefined) {
    const text = await vscode.workspace.openTextDocument(vscode.Uri.parse(found.candidate.proposed));
    await services.copies.open(text.getText(), { original: found.run.uri, result: found.run.id, rank: found.candidate.rank });
  }
}

export async function verifyAgain(services: Services, place: Shown | undefined): Promise<void> {
  const found = await find(services, place);
  if (found !== undefined) {
    const { uri } = found.run;
    await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    await optimizeNamed(services, { uri, function: found.run.function.qualifiedName, line: found.run.function.line });
  }
}

export async function open(services: Services, place: Shown | undefined): Promise<void> {
  const found = await find(services, place);
  if (found !== undefined) {
    await vscode.window.showTextDocument(vscode.Uri.parse(found.run.uri), at(found.run));
  }
}

function at(run: Run): vscode.TextDocumentShowOptions {
  const line = run.range?.start.line ?? Math.max(0, run.function.line - 1);
  return { preview: false, selection: new vscode.Range(line, 0, line, 0) };
}

async function command<R>(client: LanguageClient, name: string, argument: object): Promise<R | undefined> {
  try {
    return (await client.sendRequest(ExecuteCommandRequest.type, { command: name, arguments: [argument] })) as R;
  } catch (error) {
    log().warn(`${name}: ${String(error)}`);
    void vscode.window.showErrorMessage(sentence(error));
    return undefined;
  }
}
