// Text made safe for a page. Pure.

const REPLACEMENTS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A string that is part of a page; made by `html` or `trusted` only. */
export class Html {
  constructor(readonly text: string) {}
}

/** The characters of a text, whatever they are. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => REPLACEMENTS[character] ?? character);
}

type Part = string | number | Html | readonly Html[];

function render(part: Part): string {
  if (part instanceof Html) {
    return part.text;
  }
  return typeof part === "object" ? part.map((one) => one.text).join("") : escape(String(part));
}

/** A template whose inserted texts are escaped. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const text = strings.reduce((whole, piece, at) => whole + piece + (at < parts.length ? render(parts[at] ?? "") : ""), "");
  return new Html(text);
}

export const nothing = new Html("");
