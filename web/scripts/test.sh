#!/bin/sh
# Unit tests: esbuild makes the TypeScript readable, node runs it. Ends in node's own summary.
set -eu
cd "$(dirname "$0")/.."

rm -rf .test
node scripts/test-build.mjs
# The names are ours and have no spaces.
# shellcheck disable=SC2046
exec node --test $(find .test -name '*.test.mjs' | sort)
