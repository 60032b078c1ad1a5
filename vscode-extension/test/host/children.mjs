// The processes that descend from one of ours, by what /proc says.
import { readdirSync, readFileSync } from "node:fs";

function processes() {
  const found = new Map();
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const end = stat.lastIndexOf(")");
      const [state, parent] = stat.slice(end + 2).split(" ");
      found.set(Number(name), { parent: Number(parent), state, command: stat.slice(stat.indexOf("(") + 1, end) });
    } catch {
      // It ended while the list was made.
    }
  }
  return found;
}

/** Names of living descendants. */
export function descendants(root) {
  const all = processes();
  const within = (id) => {
    for (let at = all.get(id); at !== undefined; at = all.get(at.parent)) {
      if (at.parent === root) {
        return true;
      }
    }
    return false;
  };
  return [...all].filter(([id, one]) => one.state !== "Z" && within(id)).map(([, one]) => one.command);
}

const AT_WORK = /^(bwrap|qemu-x86_64|cc1plus|g\+\+|as|ld|collect2|program|launcher)/;

/** Those of them that compile or run a program. */
export function atWork(root) {
  return descendants(root).filter((name) => AT_WORK.test(name));
}
