// Results: their order, their addresses, their page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bars } from "../../src/results/bars";
import { escape, html } from "../../src/results/html";
import { best, bestAt, neighbour, offered } from "../../src/results/order";
import { page } from "../../src/results/page";
import { parseTextPath } from "../../src/uris";
import { candidate, run } from "./data";

const name = (uri: string): string => uri.replace("file:///w/", "");

test("only what holds is offered", () => {
  const runs = [run("r1"), run("r2", { standing: "stale" }), run("r3", { standing: "applied" })];
  assert.deepEqual(offered(runs).map((place) => place.run.id), ["r1"]);
});

test("next and previous go round within the file", () => {
  const runs = [
    run("r1", { candidates: [candidate(1), candidate(2)] }),
    run("r2", { uri: "file:///w/b.cpp" }),
    run("r3"),
  ];
  const at = (place: ReturnType<typeof neighbour>): string => `${place?.run.id ?? "-"}/${place?.candidate.rank ?? 0}`;
  assert.equal(at(neighbour(runs, "r1", 1, 1)), "r1/2");
  assert.equal(at(neighbour(runs, "r1", 2, 1)), "r3/1");
  assert.equal(at(neighbour(runs, "r3", 1, 1)), "r1/1");
  assert.equal(at(neighbour(runs, "r1", 1, -1)), "r3/1");
  assert.equal(neighbour([], "r1", 1, 1), undefined);
});

test("the suggestion at a line is the one of the function that begins last before it", () => {
  const below = run("r2", { range: { start: { line: 50, character: 0 }, end: { line: 50, character: 4 } }, candidates: [candidate(1, { speedup: 2 })] });
  const runs = [run("r1"), below];
  const all = (): boolean => true;
  assert.equal(bestAt(runs, all, 30)?.run.id, "r1");
  assert.equal(bestAt(runs, all, 55)?.run.id, "r2");
  assert.equal(bestAt(runs, all, 0)?.run.id, "r1");
  assert.equal(bestAt(runs, () => false, 0), undefined);
  assert.equal(best(offered(runs))?.run.id, "r1");
});

test("an address of a text is taken apart, and nothing else is one", () => {
  assert.deepEqual(parseTextPath("/r1/original/a.cpp"), { result: "r1", rank: null });
  assert.deepEqual(parseTextPath("/r1/12/a.cpp"), { result: "r1", rank: 12 });
  for (const path of ["", "/", "/r1", "/r1/2", "/r1/x/a.cpp", "r1/2/a.cpp", "//2/a.cpp"]) {
    assert.equal(parseTextPath(path), null, path);
  }
});

test("texts in the page are text", () => {
  assert.equal(escape(`<a href="x">&'`), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
  assert.equal(html`<b>${"<i>"}${[html`<u>`]}${3}</b>`.text, "<b>&lt;i&gt;<u>3</b>");
  const evil = "<img src=x onerror=alert(1)>";
  const shown = page([run("r1", { message: evil, advice: [evil], candidates: [candidate(1, { title: evil, notes: [evil], explanation: evil, assurance: evil, perTest: [{ name: evil, oldCost: 1, newCost: 1, speedup: 1 }] })], rejected: [{ function: evil, title: evil, proposer: evil, stage: evil, reason: evil }] })], name);
  assert.ok(!shown.includes("<img"));
  assert.ok(!/\sstyle=/.test(shown), "the policy allows no styles");
});

test("bars are as long as the costs, and say them in words", () => {
  const shown = bars(candidate(1), "cycles").text;
  assert.match(shown, /class="before"[^>]*width="100.00"/);
  assert.match(shown, /class="after"[^>]*width="10.00"/);
  assert.match(shown, /aria-label="before 1,000, after 100 cycles"/);
  assert.match(shown, /width="0.00"/);
  assert.equal(bars(candidate(1, { perTest: [] }), "cycles").text, "");
});

test("the page names function, evidence, costs and what was rejected", () => {
  const rejected = [{ function: "main", title: "Buffer", proposer: "IO4", stage: "slower", reason: "It is slower, 0.99x." }];
  const shown = page([run("r1", { rejected, advice: ["Add a larger test."] })], name);
  for (const words of ["unpack", "a.cpp:27", "101,056,558", "14.31x faster, 6 tests", "6 tests: same output", "It is slower, 0.99x.", "Add a larger test.", "1 rejected candidate", 'aria-labelledby="run-r1"']) {
    assert.ok(shown.includes(words), words);
  }
});

test("what can be acted on stands first, and no advice is told twice", () => {
  const shown = page([run("r1", { standing: "nothing", message: "'main': Nothing.", advice: ["Nothing."], candidates: [] }), run("r2")], name);
  assert.ok(shown.indexOf("run-r2") < shown.indexOf("run-r1"));
  assert.equal(shown.split("Nothing.").length, 2);
});

test("apply is offered where it can be done, and verifying again where it cannot", () => {
  const fresh = page([run("r1")], name);
  assert.ok(fresh.includes('data-command="apply"') && !fresh.includes('data-command="verifyAgain"'));
  const stale = page([run("r1", { standing: "stale", candidates: [candidate(1, { applicable: false })] })], name);
  assert.ok(!stale.includes('data-command="apply"') && stale.includes('data-command="verifyAgain"'));
  assert.match(page([], name), /Ctrl\+Alt\+O/);
});
