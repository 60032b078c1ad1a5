// What eslint checks: types strictly in our TypeScript, and the plain rules in scripts and tests of the host.
import js from "@eslint/js";
import tseslint from "typescript-eslint";

const node = { process: "readonly", console: "readonly", fetch: "readonly", clearTimeout: "readonly", getComputedStyle: "readonly", setTimeout: "readonly", Buffer: "readonly", URL: "readonly", require: "readonly", exports: "writable", module: "writable", __dirname: "readonly" };
const page = { document: "readonly", window: "readonly", acquireVsCodeApi: "readonly" };

export default tseslint.config(
  { ignores: ["out/", "build/", "node_modules/", "package/", "test/host/node_modules/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
    },
  },
  { files: ["test/**/*.ts"], rules: { "@typescript-eslint/no-floating-promises": "off" } },
  { files: ["**/*.mjs", "**/*.cjs"], languageOptions: { globals: node } },
  { files: ["media/*.js"], languageOptions: { globals: page, sourceType: "script" } },
  { files: ["test/host/**"], languageOptions: { globals: { ...node, ...page } } },
  { rules: { "max-lines": ["error", { max: 170, skipBlankLines: true, skipComments: true }], eqeqeq: "error", "no-eval": "error" } },
);
