// Copies that a person edits: untitled documents that remember which suggestion they come from.
import * as vscode from "vscode";

export interface Copy {
  /** The program that the copy is of. */
  original: string;
  result: string;
  rank: number;
}

export class Copies implements vscode.Disposable {
  private readonly copies = new Map<string, Copy>();
  private readonly closing: vscode.Disposable;

  constructor() {
    this.closing = vscode.workspace.onDidCloseTextDocument((document) => {
      if (this.copies.delete(document.uri.toString())) {
        this.publish();
      }
    });
  }

  /** Open an editable copy of a text. */
  async open(text: string, copy: Copy): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument({ language: "cpp", content: text });
    this.copies.set(document.uri.toString(), copy);
    this.publish();
    return vscode.window.showTextDocument(document, { preview: false });
  }

  /** What a document is a copy of, if it is one. */
  of(uri: vscode.Uri): Copy | undefined {
    return this.copies.get(uri.toString());
  }

  private publish(): void {
    void vscode.commands.executeCommand("setContext", "pieLsp.copies", [...this.copies.keys()]);
  }

  dispose(): void {
    this.closing.dispose();
    this.copies.clear();
    this.publish();
  }
}
