// The page of the results view, from what is known to HTML. Pure: no editor, no server.
import type { Candidate, Run } from "../protocol";
import { cost, count } from "../words/numbers";
import { bars } from "./bars";
import { html, nothing, type Html } from "./html";

const STANDING: Record<Run["standing"], string> = {
  fresh: "verified",
  applied: "applied",
  stale: "stale: the program changed",
  nothing: "nothing faster found",
};

/** What can be acted on stands first; within one standing, the newest. */
const ORDER: readonly Run["standing"][] = ["fresh", "stale", "applied", "nothing"];

/** What stands between the body tags. `fileOf` shortens an address for people. */
export function page(runs: readonly Run[], fileOf: (uri: string) => string): string {
  if (runs.length === 0) {
    return html`<p class="empty">Nothing was optimized yet. Put the cursor on a C++ function and press
      <kbd>Ctrl+Alt+O</kbd>, or choose “Optimize” in its lightbulb.</p>`.text;
  }
  const sorted = runs.toSorted((one, other) => ORDER.indexOf(one.standing) - ORDER.indexOf(other.standing));
  return html`${sorted.map((run) => section(run, fileOf(run.uri)))}`.text;
}

function section(run: Run, file: string): Html {
  const heading = `run-${run.id}`;
  const facts = [
    `${file}:${run.function.line}`,
    run.machine,
    run.tests.source === "" ? count(run.tests.count, "test") : run.tests.source,
    ...(run.oldCost === null ? [] : [`before: ${cost(run.oldCost)} ${run.unit}`]),
    ...(run.cached ? ["from the cache"] : []),
  ].filter((fact) => fact !== "");
  return html`<section class="run ${run.standing}" aria-labelledby="${heading}">
    <header><h2 id="${heading}">${run.function.qualifiedName}</h2>
      <span class="standing">${STANDING[run.standing]}</span>
      ${button("open", "Go to Function", run)}${run.standing === "stale" ? button("verifyAgain", "Verify Again", run) : nothing}
      ${button("discard", "Discard", run)}</header>
    <p class="message">${run.message}</p>
    <p class="facts">${facts.join(" · ")}</p>
    ${run.candidates.map((candidate) => article(run, candidate))}
    ${list("Advice", run.advice.filter((advice) => !run.message.includes(advice)))}${rejected(run)}</section>`;
}

function article(run: Run, candidate: Candidate): Html {
  const heading = `run-${run.id}-${candidate.rank}`;
  return html`<article aria-labelledby="${heading}">
    <header><h3 id="${heading}">${candidate.rank}. ${candidate.title}</h3>
      <span class="figure">${candidate.short}</span>
      ${candidate.llmGenerated ? html`<span class="badge">written by a model</span>` : nothing}</header>
    <p class="headline">${candidate.headline}</p>
    <div class="buttons" role="group" aria-label="Suggestion ${candidate.rank} for ${run.function.name}">
      ${button("preview", "Preview", run, candidate)}
      ${candidate.applicable ? button("apply", "Apply", run, candidate) : nothing}
      ${button("editCopy", "Edit a Copy", run, candidate)}</div>
    <p class="assurance"><span class="label">Evidence</span> ${candidate.assurance}</p>
    ${candidate.explanation === "" ? nothing : html`<p>${candidate.explanation}</p>`}
    ${list("Notes", candidate.notes)}
    ${bars(candidate, run.unit)}</article>`;
}

function rejected(run: Run): Html {
  if (run.rejected.length === 0) {
    return nothing;
  }
  const rows = run.rejected.map(
    (one) => html`<tr><th scope="row">${one.function}</th><td>${one.title}</td><td>${one.stage}</td><td>${one.reason}</td></tr>`,
  );
  return html`<details id="rejected-${run.id}"><summary>${count(run.rejected.length, "rejected candidate")}, and why</summary>
    <table class="rejected"><thead><tr><th scope="col">function</th><th scope="col">change</th><th scope="col">stage</th>
      <th scope="col">reason</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}

function list(title: string, items: readonly string[]): Html {
  if (items.length === 0) {
    return nothing;
  }
  return html`<ul class="notes" aria-label="${title}">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function button(command: string, label: string, run: Run, candidate?: Candidate): Html {
  const rank = candidate?.rank ?? 0;
  const about = candidate === undefined ? run.function.name : `suggestion ${candidate.rank} for ${run.function.name}`;
  return html`<button id="${command}-${run.id}-${rank}" class="${command}" data-command="${command}" data-result="${run.id}"
    data-rank="${rank}" aria-label="${label}: ${about}">${label}</button>`;
}
