// The manifest and the code name the same things.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

interface Manifest {
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, { scope?: string; description?: string; markdownDescription?: string }> };
    menus: Record<string, { command: string }[]>;
    keybindings: { command: string }[];
    walkthroughs: { steps: { media: { markdown?: string; image?: string } }[] }[];
  };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const source = globSync("src/**/*.ts").map((name) => [name, readFileSync(name, "utf8")] as const);
const registered = new Set(
  [...(source.find(([name]) => name === "src/commands.ts")?.[1] ?? "").matchAll(/^ {4}([a-zA-Z]+): /gm)].map((found) => `pieLsp.${found[1] ?? ""}`),
);

test("every command of the manifest is registered, and every menu and key names one", () => {
  const commands = manifest.contributes.commands.map((one) => one.command);
  assert.ok(commands.length > 10);
  assert.deepEqual(commands.filter((command) => !registered.has(command)), []);
  const used = [...Object.values(manifest.contributes.menus).flat(), ...manifest.contributes.keybindings].map((one) => one.command);
  assert.deepEqual(used.filter((command) => !commands.includes(command)), []);
});

test("no command of ours has an id that the server's commands take", () => {
  assert.deepEqual([...registered].filter((command) => command.startsWith("pie.")), []);
});

test("every setting of the README's table is there, described, and what starts a program belongs to the machine", () => {
  const properties = manifest.contributes.configuration.properties;
  const table = readFileSync("../README.md", "utf8").split("## Settings")[1]?.split("\n## ")[0] ?? "";
  const rows = table.split("\n").filter((line) => line.startsWith("| `"));
  const names = rows.flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([a-z0-9_]+)`/g)].map((found) => found[1] ?? ""));
  assert.ok(names.length > 20);
  const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  assert.deepEqual(names.filter((name) => !(`pie.${camel(name)}` in properties)), []);
  const undescribed = Object.entries(properties).filter(([, one]) => (one.description ?? one.markdownDescription ?? "") === "");
  assert.deepEqual(undescribed, []);
  // What a project's own settings.json may say is harmless in any value; for the rest it has .pie-lsp.toml, which is judged.
  const ofProjects = Object.entries(properties).flatMap(([name, one]) => (one.scope === "machine" ? [] : [name]));
  assert.deepEqual(ofProjects.toSorted(), ["pie.defines", "pie.optimization", "pie.standard", "pie.trace.server"]);
});

test("what the walkthrough shows is there", () => {
  for (const { media } of manifest.contributes.walkthroughs.flatMap((one) => one.steps)) {
    assert.ok(readFileSync(media.markdown ?? media.image ?? "").length > 0);
  }
});

test("files are short and begin with what they are", () => {
  for (const [name, text] of source) {
    assert.ok(text.split("\n").length <= 170, name);
    assert.ok(text.startsWith("// "), name);
  }
});

test("nothing is sent to anybody: no telemetry, no network of the extension's own", () => {
  for (const [name, text] of source) {
    assert.ok(!/fetch\(|node:https?|TelemetryLogger/.test(text), name);
  }
});
