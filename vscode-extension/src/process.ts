// Runs one helper program to its end, and ends it with its children when asked. Knows nothing of what it runs.
import { spawn } from "node:child_process";
import type { CancellationToken } from "vscode";

export interface Outcome {
  /** Exit status; null where a signal ended it or it could not be started. */
  status: number | null;
  stdout: string;
  stderr: string;
  /** Why it could not be started, or null. */
  problem: string | null;
}

export interface Options {
  token?: CancellationToken;
  cwd?: string;
  /** Called with each line of its output. */
  line?: (text: string) => void;
  seconds?: number;
}

export function run(command: string, args: readonly string[], options: Options = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const outcome: Outcome = { status: null, stdout: "", stderr: "", problem: null };
    const kill = (): void => {
      if (child.pid !== undefined && child.exitCode === null) {
        try {
          process.kill(-child.pid, "SIGKILL");
        } catch {
          child.kill("SIGKILL");
        }
      }
    };
    const timer = options.seconds === undefined ? undefined : setTimeout(kill, options.seconds * 1000);
    const cancelled = options.token?.onCancellationRequested(kill);
    const finish = (): void => {
      clearTimeout(timer);
      cancelled?.dispose();
      resolve(outcome);
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      outcome.stdout += text;
      tell(text, options.line);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      outcome.stderr += text;
      tell(text, options.line);
    });
    child.on("error", (error) => {
      outcome.problem = error.message;
      finish();
    });
    child.on("close", (status) => {
      outcome.status = status;
      finish();
    });
    if (options.token?.isCancellationRequested === true) {
      kill();
    }
  });
}

function tell(text: string, line: ((text: string) => void) | undefined): void {
  for (const part of text.split("\n")) {
    if (part.trim() !== "") {
      line?.(part.trimEnd());
    }
  }
}
