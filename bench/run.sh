#!/usr/bin/env bash
# make bench: builds in release mode, measures, writes bench/results/latest.md (see bench/run.py).
. "$(dirname "$0")/../scripts/common.sh"

need build web tools bench
build_server
swift build -c release --package-path bench/bare
build_web

reference="$root/../shared/bench/reference"
if [ -d "$reference" ] && [ ! -f "$tools/reference/.stamp" ]; then
    say "making the reference server's environment in .build-tools/reference"
    rm -rf "$tools/reference"
    python3 -m venv "$tools/reference"
    "$tools/reference/bin/pip" install --quiet --no-input -r "$reference/requirements.txt"
    touch "$tools/reference/.stamp"
fi

MARTLET_BINARY="${MARTLET_BINARY:-$root/.build/release/martlet}"
export MARTLET_BINARY
exec python3 bench/run.py
