// Words: progress, figures, errors, the status bar.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isCancellation, sentence } from "../../src/words/errors";
import { cost, count, speedup } from "../../src/words/numbers";
import { Steps } from "../../src/words/progress";
import { statusText } from "../../src/words/status";

function failed(code: number, message: string): Error {
  return Object.assign(new Error(message), { code });
}

test("percentages become steps that never go back and end at a hundred", () => {
  const steps = new Steps();
  const values = [
    { kind: "begin", percentage: 0 },
    { kind: "report", message: "testing 3/8, best 3.4x", percentage: 40 },
    { kind: "report", percentage: 30 },
    { kind: "report", message: "ranking" },
    { kind: "end", message: "done" },
  ];
  const made = values.map((value) => steps.next(value));
  assert.deepEqual(made, [{}, { message: "testing 3/8, best 3.4x", increment: 40 }, {}, { message: "ranking" }, { message: "done", increment: 60 }]);
});

test("a cancelled request is no error", () => {
  assert.ok(isCancellation(failed(-32800, "cancelled")));
  assert.ok(isCancellation(failed(-32802, "cancelled")));
  assert.ok(!isCancellation(failed(-32803, "There is no test.")));
  assert.ok(!isCancellation("text"));
});

test("an error is told in the server's words, and an old server is named", () => {
  assert.equal(sentence(failed(-32803, "There is no test.")), "There is no test.");
  assert.match(sentence(failed(-32601, "unknown")), /update pie-lsp/);
  assert.match(sentence(new Error("  ")), /log/);
  assert.equal(sentence("text"), "text");
});

test("figures are written as people read them", () => {
  assert.deepEqual([cost(101056558), cost(0.012345), cost(0), cost(1234.5)], ["101,056,558", "0.0123", "0", "1,235"]);
  assert.deepEqual([speedup(14.312), speedup(1.1), speedup(null)], ["14.3x", "1.10x", "–"]);
  assert.deepEqual([count(1, "test"), count(0, "test")], ["1 test", "0 tests"]);
});

test("the status bar tells what matters most", () => {
  const idle = { server: "running", running: null, jobs: 0, best: null } as const;
  assert.match(statusText(idle).text, /idle/);
  assert.match(statusText({ ...idle, best: "3.4x faster" }).text, /3\.4x faster/);
  assert.match(statusText({ ...idle, best: "3.4x faster", running: "testing 3/8", jobs: 1 }).text, /testing 3\/8$/);
  assert.match(statusText({ ...idle, running: "testing 3/8", jobs: 3 }).text, /\(\+2\)$/);
  assert.match(statusText({ ...idle, server: "untrusted", best: "3.4x" }).text, /not trusted/);
  assert.ok(statusText({ ...idle, server: "missing" }).warning);
  for (const server of ["off", "unsupported", "untrusted", "starting", "missing", "failed", "running"] as const) {
    assert.notEqual(statusText({ ...idle, server }).tooltip, "");
  }
});
