// The list of our commands. Each does one call; what they do is in `actions`.
import * as vscode from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";
import { optimizeDocument, optimizeFolder, optimizeFunction, verifyCopy } from "./actions/optimize";
import { chooseServer, createServer } from "./actions/server";
import * as suggestions from "./actions/suggestions";
import { log } from "./log";
import { shown, step } from "./preview";
import { VIEW } from "./results/view";
import { forgetModelKey, setModelKey } from "./secrets";
import type { Services } from "./services";

type Action = (argument?: unknown) => unknown;

export function registerCommands(services: Services): vscode.Disposable[] {
  const { session, jobs, results, context } = services;
  const ofView = (action: (services: Services, place: ReturnType<typeof shown>) => unknown): Action => {
    return (argument) => action(services, suggestions.readShown(argument));
  };
  const ofPreview = (action: (services: Services, place: ReturnType<typeof shown>) => unknown): Action => {
    return (argument) => action(services, shown(argument));
  };
  const actions: Record<string, Action> = {
    optimizeFunction: () => optimizeFunction(services),
    optimizeFile: (resource) => optimizeDocument(services, "file", resource),
    optimizeChanged: (resource) => optimizeDocument(services, "changed", resource),
    optimizeChangedInFolder: (resource) => optimizeFolder(services, resource),
    verifyCopy: () => verifyCopy(services),
    profile: () => profile(services),
    cancel: () => jobs.cancelAll(),
    preview: () => suggestions.previewAtCursor(services),
    apply: ofPreview(suggestions.apply),
    discard: ofPreview(suggestions.discard),
    editCopy: ofPreview(suggestions.editCopy),
    next: (resource) => step(results, resource, 1),
    previous: (resource) => step(results, resource, -1),
    openResult: ofView(suggestions.open),
    previewResult: ofView(suggestions.preview),
    applyResult: ofView(suggestions.apply),
    editCopyOfResult: ofView(suggestions.editCopy),
    discardResult: ofView(suggestions.discard),
    verifyResultAgain: ofView(suggestions.verifyAgain),
    showResults: () => vscode.commands.executeCommand(`${VIEW}.focus`),
    refreshResults: () => results.refresh(),
    status: () => (session.state === "running" ? vscode.commands.executeCommand(`${VIEW}.focus`) : session.ready()),
    createEnvironment: () => createServer(services),
    chooseServer: () => chooseServer(services),
    restartServer: () => session.restart(),
    showLog: () => log().show(),
    setModelKey: async () => (await setModelKey(context)) && session.restart(),
    forgetModelKey: async () => (await forgetModelKey(context)) && session.restart(),
  };
  return Object.entries(actions).map(([name, action]) => vscode.commands.registerCommand(`pieLsp.${name}`, action));
}

async function profile(services: Services): Promise<void> {
  const client = await services.session.ready();
  const document = vscode.window.activeTextEditor?.document;
  if (client !== undefined && document?.languageId === "cpp") {
    await client.sendRequest(ExecuteCommandRequest.type, { command: "pie.profile", arguments: [{ uri: document.uri.toString() }] });
  }
}
