// What a failed request says to a person. Pure; knows the codes of LSP and nothing of VS Code.

const REQUEST_CANCELLED = -32800;
const SERVER_CANCELLED = -32802;
const METHOD_NOT_FOUND = -32601;

function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "number" ? code : undefined;
}

/** Whether a request ended because somebody stopped it, which needs no message. */
export function isCancellation(error: unknown): boolean {
  const code = codeOf(error);
  return code === REQUEST_CANCELLED || code === SERVER_CANCELLED || (error instanceof Error && error.name === "Canceled");
}

/** A sentence for people. */
export function sentence(error: unknown): string {
  if (codeOf(error) === METHOD_NOT_FOUND) {
    return "This server is older than the extension and does not know that request; update pie-lsp.";
  }
  const text = error instanceof Error ? error.message : String(error);
  return text.trim() === "" ? "It failed without saying why; the log may say more." : text;
}
