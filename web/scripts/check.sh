#!/bin/sh
# Format, lint, types, and whether the API's types are those of docs/openapi.json.
set -eu
cd "$(dirname "$0")/.."
tools=${MARTLET_TOOLS:-../.build-tools/venv}
PATH="$tools/bin:$PATH"
export DENO_NO_UPDATE_CHECK=1 NO_COLOR=1

oxfmt --check --threads=1 .
oxlint --deny-warnings --threads=1 src scripts test
deno check --quiet --config deno.json src/main.tsx src/theme-first.ts test/*.test.ts test/*.test.tsx
if [ -f ../docs/openapi.json ]; then node scripts/api-types.mjs --check; fi
echo "web: format, lint and types are in order"
