// The list of checks: each is told as it ends, and one that fails fails the run.
import { mkdirSync } from "node:fs";

export class Report {
  constructor(shots) {
    this.failed = [];
    this.passed = 0;
    if (shots !== undefined) {
      mkdirSync(shots, { recursive: true });
    }
  }

  ended(name, problem) {
    if (problem === undefined) {
      this.passed += 1;
      console.log(`ok      ${name}`);
    } else {
      this.failed.push(name);
      console.log(`FAILED  ${name}: ${problem}`);
    }
  }

  /** A check without which the rest of a scenario makes no sense. */
  async need(name, work, window) {
    await this.check(name, work, window);
    if (this.failed.at(-1) === name) {
      throw new Error(`Nothing more can be tried after: ${name}`);
    }
  }

  /** One check. Those that come after a failed one in the same window are tried all the same. */
  async check(name, work, window) {
    try {
      await work();
      this.ended(name);
    } catch (error) {
      this.ended(name, String(error.stack ?? error).slice(0, 1500));
      await window?.shot(`failed-${name.replace(/\W+/g, "-").slice(0, 60)}`).catch(() => undefined);
    }
  }
}
