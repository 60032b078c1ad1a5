// What the status bar says. Pure: from what is known to text, icon and tooltip.
import type { ServerState } from "../server/state";

export interface StatusInput {
  server: ServerState;
  /** Line of the newest running job, or null. */
  running: string | null;
  jobs: number;
  /** The engine's words for the best suggestion that holds, or null. */
  best: string | null;
}

export interface StatusText {
  text: string;
  tooltip: string;
  warning: boolean;
}

const SERVER: Partial<Record<ServerState, StatusText>> = {
  unsupported: { text: "$(circle-slash) pie", tooltip: "pie-lsp runs on Linux x86-64 only. Click for more.", warning: false },
  untrusted: { text: "$(shield) pie: not trusted", tooltip: "pie-lsp does nothing before you trust this folder.", warning: false },
  starting: { text: "$(loading~spin) pie: starting", tooltip: "The server of pie-lsp is starting.", warning: false },
  missing: { text: "$(warning) pie: no server", tooltip: "The server of pie-lsp was not found. Click for what to do.", warning: true },
  failed: { text: "$(error) pie: server stopped", tooltip: "The server of pie-lsp ended. Click for what to do.", warning: true },
  off: { text: "$(circle-outline) pie", tooltip: "pie-lsp has not started yet.", warning: false },
};

export function statusText(input: StatusInput): StatusText {
  const server = SERVER[input.server];
  if (server !== undefined) {
    return server;
  }
  if (input.running !== null) {
    const others = input.jobs > 1 ? ` (+${input.jobs - 1})` : "";
    return { text: `$(sync~spin) pie: ${input.running}${others}`, tooltip: "pie-lsp is at work. Click for the results.", warning: false };
  }
  if (input.best !== null) {
    return { text: `$(zap) pie: ${input.best}`, tooltip: "A verified faster version is there. Click for the results.", warning: false };
  }
  return { text: "$(rocket) pie: idle", tooltip: "pie-lsp is ready. Click for the results.", warning: false };
}
