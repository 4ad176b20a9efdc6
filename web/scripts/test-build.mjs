// Bundles each test with what it tests. Packages stay outside: a bundled react-dom keeps the
// process alive after its last test.
import { readdirSync } from "node:fs";
import { build } from "esbuild";

const tests = readdirSync("test").filter((name) => /\.test\.tsx?$/.test(name));
const packages = {
  name: "packages stay outside",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) => ({ path, external: true }));
    // Outside as well, so that the window is there before react-dom, not after it.
    onResolve({ filter: /\/dom\.mjs$/ }, () => ({ path: "../test/dom.mjs", external: true }));
  },
};

await build({
  entryPoints: tests.map((name) => `test/${name}`),
  outdir: ".test",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: ["node18"],
  jsx: "automatic",
  sourcemap: "inline",
  plugins: [packages],
  logLevel: "warning",
});
