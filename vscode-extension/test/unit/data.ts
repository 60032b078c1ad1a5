// Results for the unit tests, as the server would send them.
import type { Candidate, Run } from "../../src/protocol";

export function candidate(rank: number, changes: Partial<Candidate> = {}): Candidate {
  return {
    rank,
    title: "Append with += instead of copying the string",
    headline: "14.31x faster, estimated Skylake cycles within 7 %, 6 tests",
    short: "14.31x faster, 6 tests",
    speedup: 14.31,
    low: 13.72,
    high: 14.74,
    assurance: "6 tests: same output",
    explanation: "s = s + x copies.",
    notes: [],
    llmGenerated: false,
    perTest: [
      { name: "large", oldCost: 1000, newCost: 100, speedup: 10 },
      { name: "empty", oldCost: 0, newCost: 0, speedup: null },
    ],
    original: "pie:/r1/original/a.cpp",
    proposed: `pie:/r1/${rank}/a.cpp`,
    applicable: true,
    ...changes,
  };
}

export function run(id: string, changes: Partial<Run> = {}): Run {
  return {
    id,
    uri: "file:///w/a.cpp",
    function: { name: "unpack", qualifiedName: "unpack", line: 27 },
    range: { start: { line: 26, character: 7 }, end: { line: 26, character: 13 } },
    standing: "fresh",
    message: "1 verified faster version",
    machine: "estimate, skylake-verbatim",
    unit: "cycles",
    tests: { source: "runlength.tests/", count: 6 },
    oldCost: 101056558,
    candidates: [candidate(1)],
    rejected: [],
    advice: [],
    cached: false,
    ...changes,
  };
}
