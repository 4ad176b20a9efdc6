#!/usr/bin/env bash
# make openapi: web/src/api/openapi.json and types.ts, from the routes as they are served.
. "$(dirname "$0")/common.sh"

need web
swift_build --product martlet
described="$(mktemp)"
trap 'rm -f "$described"' EXIT
.build/debug/martlet openapi >"$described"
cp "$described" web/src/api/openapi.json
(cd web && node scripts/api-types.mjs src/api/openapi.json src/api/types.ts)
say "written: web/src/api/openapi.json and web/src/api/types.ts"
