// Finding a server, what it is told, where it runs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { unsupported } from "../../src/platform";
import { candidates, isPython, versionIn, type Places } from "../../src/server/candidates";
import { forServer } from "../../src/server/settings";
import { suggestedVariables, variableProblem } from "../../src/words/variables";

const places: Places = { setting: "", python: null, searchPath: "", privatePython: null, home: "/home/me" };

test("the order is environment, PATH, private environment", () => {
  const found = candidates({ ...places, python: "/venv/bin/python", searchPath: "/usr/bin:bin::/opt/bin", privatePython: "/g/bin/python" });
  assert.deepEqual(
    found.map((one) => [one.command, ...one.args]),
    [
      ["/venv/bin/python", "-P", "-m", "pie_lsp"],
      ["/usr/bin/pie-lsp"],
      ["/opt/bin/pie-lsp"],
      ["/g/bin/python", "-I", "-m", "pie_lsp"],
    ],
  );
  assert.ok(found.every((one) => !one.chosen));
});

test("what the setting names is the only one that is tried", () => {
  const named = candidates({ ...places, setting: " ~/bin/pie-lsp ", searchPath: "/usr/bin", privatePython: "/g/bin/python" });
  assert.deepEqual(named.map((one) => [one.command, one.chosen]), [["/home/me/bin/pie-lsp", true]]);
  assert.deepEqual(candidates({ ...places, setting: "/v/bin/python3.12" })[0]?.args, ["-P", "-m", "pie_lsp"]);
});

test("an interpreter is told from a program by its name", () => {
  assert.ok(["/a/python", "/a/python3", "/a/python3.12"].every(isPython));
  assert.ok(!["/a/pie-lsp", "/python/serve", "/a/pythonx"].some(isPython));
});

test("a version is read from our program only", () => {
  assert.equal(versionIn("pie-lsp 0.1.0\n"), "0.1.0");
  assert.equal(versionIn("Python 3.11.2"), null);
  assert.equal(versionIn("usage: pie-lsp"), null);
});

test("only what somebody set is told to the server, and nothing of the extension's own", () => {
  const told = forServer([
    { key: "compiler", value: "g++", isSet: false },
    { key: "jobs", value: 4, isSet: true },
    { key: "gem5", value: "", isSet: true },
    { key: "defines", value: [], isSet: true },
    { key: "top", value: null, isSet: true },
    { key: "allowRemoteModels", value: false, isSet: true },
    { key: "server.path", value: "/x", isSet: true },
  ]);
  assert.deepEqual(told, { jobs: 4, allowRemoteModels: false });
});

test("only Linux on x86-64 is supported, and the message names where else to go", () => {
  assert.equal(unsupported("linux", "x64"), null);
  for (const [platform, arch, name] of [["darwin", "arm64", "macOS"], ["win32", "x64", "Windows"], ["linux", "arm64", "Linux on arm64"]]) {
    const message = unsupported(platform ?? "", arch ?? "") ?? "";
    for (const word of [name ?? "", "WSL", "container", "remote"]) {
      assert.ok(message.includes(word), `${word} in ${message}`);
    }
  }
});

test("a key's variable is one that steers nothing", () => {
  assert.equal(variableProblem("OPENAI_API_KEY"), null);
  for (const name of ["PATH", "LD_PRELOAD", "PYTHONPATH", "BASH_ENV", "openai", "", "A B", "PIE_LSP_SETTINGS"]) {
    assert.notEqual(variableProblem(name), null, name);
  }
});

test("the models' settings name the variables", () => {
  assert.deepEqual(suggestedVariables({ a: { key_variable: "A_KEY" }, b: { keyVariable: "B_KEY" }, c: { model: "x" }, d: { key_variable: "PATH" }, e: 3 }), ["A_KEY", "B_KEY"]);
  assert.deepEqual(suggestedVariables(null), []);
});
