// What the package carries to make a private environment: a wheel and a hash-pinned list of what it needs.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import * as path from "node:path";

export interface Bundle {
  wheel: string;
  lock: string;
  /** Changes with every byte of the two. */
  stamp: string;
}

/** The bundle in the extension's folder, or null where the package was made without one. */
export async function findBundle(extensionFolder: string): Promise<Bundle | null> {
  const folder = path.join(extensionFolder, "server");
  const names = await readdir(folder).catch((): string[] => []);
  const wheel = names.find((name) => name.startsWith("pie_lsp-") && name.endsWith(".whl"));
  if (wheel === undefined || !names.includes("requirements.lock")) {
    return null;
  }
  const bundle = { wheel: path.join(folder, wheel), lock: path.join(folder, "requirements.lock") };
  const hash = createHash("sha256");
  hash.update(await readFile(bundle.wheel)).update(await readFile(bundle.lock));
  return { ...bundle, stamp: hash.digest("hex") };
}
