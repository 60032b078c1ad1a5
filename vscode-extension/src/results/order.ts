// The order in which suggestions are gone through, and which is the best at a place. Pure.
import type { Candidate, Run } from "../protocol";

export interface Place {
  run: Run;
  candidate: Candidate;
}

/** What can be offered now, of one file or of all, as the runs and their ranks are ordered. */
export function offered(runs: readonly Run[], sameFile: (uri: string) => boolean = () => true): Place[] {
  return runs
    .filter((run) => run.standing === "fresh" && sameFile(run.uri))
    .flatMap((run) => run.candidates.map((candidate) => ({ run, candidate })));
}

/** The suggestion so many steps after another one, round and round. Undefined where there is none. */
export function neighbour(runs: readonly Run[], result: string, rank: number, step: 1 | -1): Place | undefined {
  const run = runs.find((one) => one.id === result);
  const all = offered(runs, (uri) => run === undefined || uri === run.uri);
  const at = all.findIndex((place) => place.run.id === result && place.candidate.rank === rank);
  return at < 0 ? all[0] : all[(at + step + all.length) % all.length];
}

/** The best suggestion of the function that begins last before a line, else of the file. */
export function bestAt(runs: readonly Run[], sameFile: (uri: string) => boolean, line: number): Place | undefined {
  const all = offered(runs, sameFile);
  const begins = ({ run }: Place): number => run.range?.start.line ?? Number.POSITIVE_INFINITY;
  const last = Math.max(-1, ...all.map(begins).filter((start) => start <= line));
  return best(all.filter((place) => begins(place) === last)) ?? best(all);
}

/** The one with the largest speedup. */
export function best(places: readonly Place[]): Place | undefined {
  return places.reduce<Place | undefined>(
    (most, place) => (most === undefined || place.candidate.speedup > most.candidate.speedup ? place : most),
    undefined,
  );
}
