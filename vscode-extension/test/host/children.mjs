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

/** Living descendants: id and name. */
function descendants(root) {
  const all = processes();
  const within = (id) => {
    for (let at = all.get(id); at !== undefined; at = all.get(at.parent)) {
      if (at.parent === root) {
        return true;
      }
    }
    return false;
  };
  return [...all].filter(([id, one]) => one.state !== "Z" && within(id));
}

const AT_WORK = /^(bwrap|qemu-x86_64|cc1plus|g\+\+|as|ld|collect2|program|launcher)/;

/** Those of them that compile or run a program. */
export function atWork(root) {
  return descendants(root).map(([, one]) => one.command).filter((name) => AT_WORK.test(name));
}

/** The environments of the servers of ours among them. */
export function serverEnvironments(root) {
  return descendants(root).flatMap(([id]) => {
    try {
      const command = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
      return command.includes("pie_lsp") && command.includes("serve") ? [readFileSync(`/proc/${id}/environ`, "utf8")] : [];
    } catch {
      return [];
    }
  });
}
