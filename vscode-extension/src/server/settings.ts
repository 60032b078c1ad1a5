// Which settings the server is told: those that somebody set, and no default, so that its own files keep their say. Pure.

/** One setting as VS Code sees it: the value and where it comes from. */
export interface Inspected {
  key: string;
  value: unknown;
  isSet: boolean;
}

/** Settings that are the extension's own business. */
const OURS = new Set(["server.path", "trace.server"]);

export function forServer(settings: readonly Inspected[]): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  for (const { key, value, isSet } of settings) {
    if (isSet && !OURS.has(key) && !isNothing(value)) {
      told[key] = value;
    }
  }
  return told;
}

/** An empty value means that nothing was chosen. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
