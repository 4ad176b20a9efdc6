#!/usr/bin/env bash
# make run: builds what changed and serves Martlet from this folder.
. "$(dirname "$0")/common.sh"

need build web
build_server
build_web

# The server makes the folder and its secrets on first start and prints where it listens.
export DATA_DIR="${DATA_DIR:-$root/data}" WEB_DIR="${WEB_DIR:-$root/web/dist}"
exec "$root/.build/release/martlet" serve
