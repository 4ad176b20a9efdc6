#!/usr/bin/env bash
# make tidy: shellcheck over the scripts, and the rules of scripts/testing/tidy.py.
. "$(dirname "$0")/common.sh"

need tools
has shellcheck || need test
say "shellcheck"
git ls-files -z --cached --others --exclude-standard '*.sh' .ci/run |
    xargs -0 shellcheck --external-sources --source-path=SCRIPTDIR
say "tidy"
python3 scripts/testing/tidy.py
