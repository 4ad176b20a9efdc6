// Copies package.json's packages, and what they need in turn, from the distribution's folders.
import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const multiarch = readdirSync("/usr/lib").map((name) => join("/usr/lib", name, "nodejs"));
const roots = ["/usr/share/nodejs", "/usr/lib/nodejs", ...multiarch].filter((path) =>
  existsSync(path),
);

function manifest(path) {
  return JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
}

function locate(name) {
  return roots
    .map((root) => join(root, name))
    .find((path) => existsSync(join(path, "package.json")));
}

/** The wanted packages with all they depend on, each with its folder or undefined. */
function closure(wanted) {
  const found = new Map();
  const visit = (name) => {
    if (found.has(name)) return;
    const path = locate(name);
    found.set(name, path);
    if (path) Object.keys(manifest(path).dependencies ?? {}).forEach(visit);
  };
  wanted.forEach(visit);
  return found;
}

const { dependencies, devDependencies } = manifest(".");
const native = `@esbuild/${process.platform}-${process.arch}`;
const packages = closure([...Object.keys({ ...dependencies, ...devDependencies }), native]);
const missing = [...packages].filter(([, path]) => !path).map(([name]) => name);

if (missing.length > 0) {
  console.error(`Missing packages: ${missing.join(", ")}`);
  process.exit(1);
}
if (!process.argv.includes("--check")) {
  rmSync("node_modules", { recursive: true, force: true });
  for (const [name, path] of packages) {
    cpSync(path, join("node_modules", name), { recursive: true, dereference: true });
  }
  console.log(`${packages.size} packages copied into web/node_modules`);
}
