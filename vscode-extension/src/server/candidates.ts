// Where a server may be, in the order of trying. Pure: makes commands, starts nothing.
import * as path from "node:path";

export interface Places {
  setting: string;
  /** Python of the active environment, or null. */
  python: string | null;
  searchPath: string;
  /** Python of the private environment if it is complete, or null. */
  privatePython: string | null;
  home: string;
}

export interface Launch {
  command: string;
  args: string[];
  /** For people: where this one comes from. */
  source: string;
  /** Whether the person named it, so that nothing else may be taken in its place. */
  chosen: boolean;
}

const PROGRAM = "pie-lsp";

/** A Python is started so that no folder can put a module of its own in the place of ours. */
function byPython(python: string, flag: "-P" | "-I", source: string, chosen = false): Launch {
  return { command: python, args: [flag, "-m", "pie_lsp"], source, chosen };
}

/** Whether a program is an interpreter, by its name. */
export function isPython(program: string): boolean {
  return /^python([0-9.]*)?$/.test(path.basename(program));
}

export function expandHome(text: string, home: string): string {
  return text === "~" || text.startsWith("~/") ? path.join(home, text.slice(1)) : text;
}

/** What the setting names, if it names something. */
function fromSetting(places: Places): Launch | null {
  const named = expandHome(places.setting.trim(), places.home);
  if (named === "") {
    return null;
  }
  const source = "the setting pie.server.path";
  return isPython(named) ? byPython(named, "-P", source, true) : { command: named, args: [], source, chosen: true };
}

/** All places to try. Relative folders of the search path are left out: they would lie in the workspace. */
export function candidates(places: Places): Launch[] {
  const named = fromSetting(places);
  if (named !== null) {
    return [named];
  }
  const found: Launch[] = [];
  if (places.python !== null) {
    found.push(byPython(places.python, "-P", "the selected Python environment"));
  }
  for (const folder of places.searchPath.split(path.delimiter)) {
    if (path.isAbsolute(folder)) {
      found.push({ command: path.join(folder, PROGRAM), args: [], source: "the PATH", chosen: false });
    }
  }
  if (places.privatePython !== null) {
    found.push(byPython(places.privatePython, "-I", "the private environment"));
  }
  return found;
}

/** The version in what `--version` printed, or null where it is not ours. */
export function versionIn(output: string): string | null {
  return /^pie-lsp (\d+\.\d+\S*)\s*$/m.exec(output)?.[1] ?? null;
}
