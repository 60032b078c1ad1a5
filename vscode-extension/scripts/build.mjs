// Bundles the extension into one file; vscode-languageclient is part of it, the editor's own API is not.
import { build } from "esbuild";

await build({
  entryPoints: ["src/extension.ts"],
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  outfile: "out/extension.js",
  minify: process.argv.includes("--minify"),
  sourcemap: false,
  logLevel: "warning",
});
