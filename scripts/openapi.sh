#!/usr/bin/env bash
# make openapi: docs/openapi.json from the routes as they are served, the web app's types from it.
. "$(dirname "$0")/common.sh"

need web
swift_build --product martlet
described="$(mktemp)"
trap 'rm -f "$described"' EXIT
.build/debug/martlet openapi >"$described"
mkdir -p docs
cp "$described" docs/openapi.json
(cd web && node scripts/api-types.mjs)
say "written: docs/openapi.json and the web app's types"
