#!/usr/bin/env bash
# make clean: removes what was built. The data folder stays.
. "$(dirname "$0")/common.sh"

rm -rf .build .build-tools web/dist web/node_modules bench/bare/.build bench/results
say "clean"
