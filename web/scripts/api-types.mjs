// Writes src/api/types.ts from docs/openapi.json (3.1). With --check it only compares, and fails
// when the file in the project is not what the server's description gives.
//
//     node scripts/api-types.mjs [--check] [openapi.json]
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { typesFile } from "./openapiTypes.mjs";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");
const output = join(web, "src/api/types.ts");
function main(options) {
  const source = options.find((option) => !option.startsWith("--"));
  const path = source ?? join(web, "../docs/openapi.json");
  const text = typesFile(JSON.parse(readFileSync(path, "utf8")));
  if (!options.includes("--check")) {
    writeFileSync(output, text);
  } else if (readFileSync(output, "utf8") !== text) {
    console.error("web/src/api/types.ts is not what docs/openapi.json gives. Run:");
    console.error("    node web/scripts/api-types.mjs");
    process.exit(1);
  }
}

main(process.argv.slice(2));
