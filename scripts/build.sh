#!/usr/bin/env bash
# make build: .build/release/martlet and web/dist.
. "$(dirname "$0")/common.sh"

need build web
build_server
build_web
say "built: .build/release/martlet and web/dist"
