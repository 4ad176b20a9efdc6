// Builds web/dist: hashed scripts and styles, the page, icons, and .gz and .br beside each file.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(web, "dist");
process.chdir(web);

const shared = {
  bundle: true,
  jsx: "automatic",
  minify: true,
  target: ["es2022"],
  outdir: join(dist, "assets"),
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

function outputs(result) {
  return Object.entries(result.metafile.outputs).map(([path, output]) => ({
    address: `/${relative(dist, path)}`,
    ...output,
  }));
}

/** The scripts that the page's own script imports at once, to be fetched beside it. */
function firstChunks(all, entry) {
  const byAddress = new Map(all.map((output) => [output.address, output]));
  const seen = new Set();
  const visit = (output) => {
    for (const { path, kind } of output.imports) {
      const address = `/${relative(dist, path)}`;
      if (kind !== "import-statement" || seen.has(address)) continue;
      seen.add(address);
      visit(byAddress.get(address));
    }
  };
  visit(entry);
  return [...seen];
}

function page({ theme, entry, style, chunks, fonts }) {
  const lines = readFileSync("src/index.html", "utf8");
  const head = [
    `<script src="${theme}"></script>`,
    `<link rel="stylesheet" href="${style}" />`,
    ...fonts.map(
      (font) =>
        `<link rel="preload" href="${font}" as="font" type="font/woff2" crossorigin="anonymous" />`,
    ),
    ...chunks.map((chunk) => `<link rel="modulepreload" href="${chunk}" />`),
    `<script type="module" src="${entry}"></script>`,
  ];
  return lines.replace("<!-- assets -->", head.join("\n    "));
}

function filesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

const compressible = new Set([".html", ".js", ".css", ".svg", ".json", ".webmanifest"]);

function compress() {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  for (const path of filesIn(dist)) {
    if (!compressible.has(extname(path))) continue;
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, quality));
  }
}

function size(address) {
  return statSync(join(dist, `${address}.br`)).size;
}

function report(first, all) {
  const total = first.reduce((sum, address) => sum + size(address), 0);
  const pages = all.filter(({ entryPoint }) => entryPoint?.startsWith("src/pages/"));
  for (const { entryPoint, address } of pages) {
    console.log(`${String(size(address)).padStart(7)} B  ${entryPoint}`);
  }
  console.log(`${String(total).padStart(7)} B  first load: script and style, brotli`);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
cpSync("public", dist, { recursive: true });
const app = await build({
  ...shared,
  entryPoints: ["src/main.tsx"],
  format: "esm",
  splitting: true,
});
const first = await build({ ...shared, entryPoints: ["src/theme-first.ts"], format: "iife" });
const all = outputs(app);
const entry = all.find(({ entryPoint }) => entryPoint === "src/main.tsx");
const style = all.find(({ address }) => address.endsWith(".css")).address;
const theme = outputs(first)[0].address;
const chunks = firstChunks(all, entry);
const fonts = all.map(({ address }) => address).filter((address) => address.endsWith(".woff2"));
writeFileSync(
  join(dist, "index.html"),
  page({ theme, entry: entry.address, style, chunks, fonts }),
);
// Says which build is served, for caches and for people who report faults.
const digest = createHash("sha256")
  .update(readFileSync(join(dist, "index.html")))
  .digest("hex");
writeFileSync(join(dist, "build.json"), `${JSON.stringify({ build: digest.slice(0, 12) })}\n`);
compress();
report([theme, style, entry.address, ...chunks], all);
