// The addresses of the server's read-only texts: pie:/RESULT/original/NAME and pie:/RESULT/RANK/NAME. Pure.

export interface TextAddress {
  result: string;
  /** Null for the text as it was before. */
  rank: number | null;
}

/** What the path of such an address names, or null. */
export function parseTextPath(path: string): TextAddress | null {
  const [empty, result, which, name] = path.split("/");
  if (empty !== "" || result === undefined || result === "" || which === undefined || name === undefined) {
    return null;
  }
  if (which === "original") {
    return { result, rank: null };
  }
  return /^[0-9]+$/.test(which) ? { result, rank: Number(which) } : null;
}
