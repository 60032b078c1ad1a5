// Runs inside the real extension host, beside the installed extension; the editor calls `run`.
const { Checks } = require("./checks.cjs");
const suites = [require("./jobs.cjs"), require("./copies.cjs"), require("./applying.cjs"), require("./server.cjs")];

exports.run = async () => {
  const checks = new Checks();
  for (const suite of suites) {
    await suite(checks);
  }
  console.log(`in-host: ${checks.passed} passed, ${checks.failed.length} failed`);
  if (checks.failed.length > 0) {
    throw new Error(`failed: ${checks.failed.join("; ")}`);
  }
};
