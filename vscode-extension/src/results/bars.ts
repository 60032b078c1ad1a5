// Small bars: what each test cost before and after. Pure; widths are attributes of SVG, since the page allows no styles.
import type { Candidate } from "../protocol";
import { cost, speedup } from "../words/numbers";
import { html, nothing, type Html } from "./html";

const WIDTH = 100;
const HEIGHT = 5;
/** A bar that is there can be seen. */
const LEAST = 0.75;

export function bars(candidate: Candidate, unit: string): Html {
  if (candidate.perTest.length === 0) {
    return nothing;
  }
  const rows = candidate.perTest.map((test) => {
    const most = Math.max(test.oldCost, test.newCost);
    const words = `before ${cost(test.oldCost)}, after ${cost(test.newCost)} ${unit}`;
    return html`<tr>
      <th scope="row">${test.name}</th>
      <td class="bars"><svg role="img" aria-label="${words}" viewBox="0 0 ${WIDTH} 12" preserveAspectRatio="none"><title>${words}</title>
        <rect class="before" x="0" y="0" width="${width(test.oldCost, most)}" height="${HEIGHT}"></rect>
        <rect class="after" x="0" y="6.5" width="${width(test.newCost, most)}" height="${HEIGHT}"></rect></svg></td>
      <td class="number">${cost(test.oldCost)}</td>
      <td class="number">${cost(test.newCost)}</td>
      <td class="number">${speedup(test.speedup)}</td></tr>`;
  });
  return html`<table class="tests">
    <caption>What each test costs, in ${unit}; the bars of each are on a scale of their own</caption>
    <thead><tr><th scope="col">test</th><th scope="col"><span class="key before">before</span> <span class="key after">after</span></th>
      <th scope="col" class="number">before</th><th scope="col" class="number">after</th><th scope="col" class="number">speedup</th></tr></thead>
    <tbody>${rows}</tbody></table>`;
}

function width(value: number, most: number): string {
  return (most <= 0 || value <= 0 ? 0 : Math.max(LEAST, (WIDTH * value) / most)).toFixed(2);
}
