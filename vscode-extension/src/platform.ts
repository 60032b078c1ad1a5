// Where the server runs at all. Pure.

/** What to tell a person whose machine cannot run the server, or null. */
export function unsupported(platform: string, arch: string): string | null {
  if (platform === "linux" && arch === "x64") {
    return null;
  }
  const here = platform === "linux" ? `Linux on ${arch}` : (NAMES[platform] ?? platform);
  return (
    `pie-lsp compiles and measures on Linux x86-64 only, and this is ${here}. ` +
    "Open the folder in WSL, in a container or on a remote Linux host: the extension runs there."
  );
}

const NAMES: Record<string, string> = { win32: "Windows", darwin: "macOS" };
