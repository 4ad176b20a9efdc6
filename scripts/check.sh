#!/usr/bin/env bash
# make check: what CI does.
. "$(dirname "$0")/common.sh"

scripts/lint.sh
scripts/tidy.sh
MARTLET_LINTED=1 exec scripts/test.sh
