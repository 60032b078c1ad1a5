// Starts jobs: every way to ask for one ends here.
import * as vscode from "vscode";
import { RUN, VERIFY_COPY, type RunAnswer, type RunParams } from "../protocol";
import { showPreview } from "../preview";
import { best, offered } from "../results/order";
import type { Services } from "../services";

/** Optimize the function at the cursor of the active editor. */
export async function optimizeFunction(services: Services): Promise<void> {
  const editor = activeProgram();
  if (editor !== undefined) {
    const { line, character } = editor.selection.active;
    const textDocument = { uri: editor.document.uri.toString() };
    await start(services, { textDocument, scope: "function", position: { line, character } }, "pie: optimizing the function");
  }
}

/** Optimize the function that an action or a lens of the server names. */
export async function optimizeNamed(services: Services, named: { uri: string; function: string; line?: number; fingerprint?: string }): Promise<void> {
  const params: RunParams = {
    textDocument: { uri: named.uri },
    scope: "function",
    function: { qualifiedName: named.function, line: named.line ?? 0, ...(named.fingerprint === undefined ? {} : { fingerprint: named.fingerprint }) },
  };
  await start(services, params, `pie: optimizing '${named.function}'`);
}

/** Optimize every function of a file, or those that differ from the last commit. */
export async function optimizeDocument(services: Services, scope: "file" | "changed", resource?: unknown): Promise<void> {
  const uri = resource instanceof vscode.Uri ? resource : activeProgram()?.document.uri;
  if (uri !== undefined) {
    await vscode.workspace.openTextDocument(uri);
    const what = scope === "file" ? "optimizing" : "optimizing what changed in";
    await start(services, { textDocument: { uri: uri.toString() }, scope }, `pie: ${what} ${vscode.workspace.asRelativePath(uri)}`);
  }
}

/** Optimize what differs from the last commit in all C++ files of a folder. */
export async function optimizeFolder(services: Services, resource?: unknown): Promise<void> {
  const folder = resource instanceof vscode.Uri ? resource : (await pickFolder())?.uri;
  if (folder !== undefined) {
    await start(services, { folder: folder.toString(), scope: "changed" }, "pie: optimizing changed functions");
  }
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? vscode.window.showWorkspaceFolderPick() : folders[0];
}

/** Verify the text of an edited copy; what comes of it is shown as a preview, which can be applied. */
export async function verifyCopy(services: Services): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const copy = document && services.copies.of(document.uri);
  const client = await services.session.ready();
  if (document === undefined || copy === undefined || client === undefined) {
    return;
  }
  await vscode.workspace.openTextDocument(vscode.Uri.parse(copy.original));
  const params = { textDocument: { uri: copy.original }, result: copy.result, rank: copy.rank, text: document.getText() };
  await finish(services, await services.jobs.run(client, VERIFY_COPY, params, "pie: verifying your edit"), true);
}

async function start(services: Services, params: RunParams, title: string): Promise<void> {
  const client = await services.session.ready();
  if (client !== undefined) {
    await finish(services, await services.jobs.run(client, RUN, params, title), false);
  }
}

/** Say what came of a job, in the server's words, with the next steps as buttons. */
async function finish(services: Services, answer: RunAnswer | undefined, showAtOnce: boolean): Promise<void> {
  if (answer === undefined) {
    return;
  }
  await services.results.refresh();
  const runs = services.results.runs.filter((run) => answer.results.includes(run.id));
  const found = best(offered(runs));
  if (found !== undefined && showAtOnce) {
    await showPreview(found.run, found.candidate);
  }
  void tell(answer.message, found !== undefined && !showAtOnce ? () => showPreview(found.run, found.candidate) : undefined);
}

async function tell(message: string, preview: (() => Promise<void>) | undefined): Promise<void> {
  const [look, list] = ["Preview", "Show Results"];
  const buttons = preview === undefined ? [list] : [look, list];
  const picked = await vscode.window.showInformationMessage(message, ...buttons);
  if (picked === look) {
    await preview?.();
  } else if (picked === list) {
    await vscode.commands.executeCommand("pieLsp.showResults");
  }
}

function activeProgram(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId === "cpp" && editor.document.uri.scheme === "file") {
    return editor;
  }
  void vscode.window.showInformationMessage("Open a C++ file that is on the disk, and put the cursor on a function.");
  return undefined;
}
