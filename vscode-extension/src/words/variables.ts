// Which environment variables may hold a key. Pure.

const STEERING = /^(PATH|HOME|SHELL|ENV|IFS|TMPDIR|BASH_.*|LD_.*|PYTHON.*|PIE_LSP_.*|GCC_.*|CPATH|CPLUS_INCLUDE_PATH|LIBRARY_PATH)$/;

/** Why a variable may not hold a key, or null. */
export function variableProblem(name: string): string | null {
  if (!/^[A-Z_][A-Z0-9_]*$/.test(name)) {
    return "A name of capital letters, digits and underscores is needed, for example OPENAI_API_KEY.";
  }
  return STEERING.test(name) ? "This variable steers how programs are started; name another one." : null;
}

/** The variables that the setting `models` names. */
export function suggestedVariables(models: unknown): string[] {
  if (typeof models !== "object" || models === null) {
    return [];
  }
  const names: string[] = [];
  for (const model of Object.values(models as Record<string, unknown>)) {
    if (typeof model === "object" && model !== null) {
      const table = model as Record<string, unknown>;
      const name = table.key_variable ?? table.keyVariable;
      if (typeof name === "string" && variableProblem(name) === null) {
        names.push(name);
      }
    }
  }
  return names;
}
