// The folder that the tests open: the bundled example with its tests, and a Python that tells when it was started.
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";

const EXAMPLES = path.resolve(import.meta.dirname, "../../../pie_lsp/examples");

export class Workspace {
  constructor(folder) {
    this.folder = folder;
    this.program = path.join(folder, "runlength.cpp");
    this.marker = path.join(path.dirname(folder), "workspace-python-was-started");
    mkdirSync(folder, { recursive: true });
    for (const name of ["runlength.cpp", "runlength.tests"]) {
      cpSync(path.join(EXAMPLES, name), path.join(folder, name), { recursive: true });
    }
    this.original = readFileSync(this.program, "utf8");
    const python = path.join(folder, ".venv/bin/python");
    mkdirSync(path.dirname(python), { recursive: true });
    writeFileSync(python, `#!/bin/sh\ntouch '${this.marker}'\nexit 1\n`);
    chmodSync(python, 0o755);
    mkdirSync(path.join(folder, ".vscode"), { recursive: true });
    const settings = { "python.defaultInterpreterPath": "${workspaceFolder}/.venv/bin/python", "pie.server.path": python, "pie.compiler": "/nonexistent" };
    writeFileSync(path.join(folder, ".vscode/settings.json"), JSON.stringify(settings));
  }

  get pythonWasStarted() {
    return existsSync(this.marker);
  }

  forgetPython() {
    rmSync(this.marker, { force: true });
  }

  /** Tests that take long enough for a person to cancel. */
  addLargeTests() {
    const tests = path.join(this.folder, "runlength.tests");
    for (let number = 0; number < 30; number += 1) {
      cpSync(path.join(tests, "large.in"), path.join(tests, `copy${number}.in`));
    }
  }

  removeLargeTests() {
    for (let number = 0; number < 30; number += 1) {
      rmSync(path.join(this.folder, "runlength.tests", `copy${number}.in`), { force: true });
    }
  }

  onDisk() {
    return readFileSync(this.program, "utf8");
  }

  reset() {
    writeFileSync(this.program, this.original);
  }
}
