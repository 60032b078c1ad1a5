// Bundles the unit tests and runs them by Node's own test runner.
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { build } from "esbuild";

const entryPoints = globSync("test/unit/**/*.test.ts");
await build({ entryPoints, bundle: true, platform: "node", format: "cjs", outdir: "out/test", outExtension: { ".js": ".cjs" }, logLevel: "warning" });
const tests = entryPoints.map((name) => name.replace(/^test\/unit/, "out/test").replace(/\.ts$/, ".cjs"));
process.exit(spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...tests], { stdio: "inherit" }).status ?? 1);
