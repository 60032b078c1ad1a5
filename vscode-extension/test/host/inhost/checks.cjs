// What the suites share: checks, waiting, and the program that is open.
const path = require("node:path");
const vscode = require("vscode");

const PATIENCE = 2 * Number(process.env.PIE_PATIENCE ?? 120) * 1000;

async function until(what, ask) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = await ask();
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`It never came to this: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

class Checks {
  constructor() {
    this.passed = 0;
    this.failed = [];
    this.extension = vscode.extensions.getExtension("pie-lsp.pie-lsp");
  }

  async check(name, work) {
    try {
      await work();
      this.passed += 1;
      console.log(`ok      ${name}`);
    } catch (error) {
      this.failed.push(name);
      console.log(`FAILED  ${name}: ${String(error.stack ?? error).slice(0, 1200)}`);
    }
  }

  get api() {
    return this.extension.exports;
  }

  get file() {
    return path.join(vscode.workspace.workspaceFolders[0].uri.fsPath, "runlength.cpp");
  }

  /** Open the program with the cursor in a function. */
  async open(name = "unpack") {
    const document = await vscode.workspace.openTextDocument(this.file);
    const at = document.positionAt(document.getText().indexOf(`${name}(`));
    const editor = await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(at, at) });
    return { document, editor };
  }

  /** Make the program's text this one, and write it to the disk. */
  async write(document, text) {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
    await document.save();
  }

  /** The run of a function that holds. */
  fresh(name = "unpack") {
    return this.api.runs.find((run) => run.function.name === name && run.standing === "fresh" && run.candidates.length > 0);
  }

  async optimized() {
    await this.open();
    await vscode.commands.executeCommand("pieLsp.optimizeFunction");
    return until("there is a result", () => this.fresh());
  }

  /** The two addresses of the diff on the screen. */
  shown() {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputTextDiff ? input : undefined;
  }
}

const OLD = "text = text + packed[i];";
const NEW = "text += packed[i];";

module.exports = { Checks, until, OLD, NEW };
