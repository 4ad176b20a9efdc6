#!/usr/bin/env bash
# make setup: installs everything that any target needs.
. "$(dirname "$0")/common.sh"

need build web tools test bench chaos
need_swift
need_python_tools
need_web_packages
need_chromium
say "ready: make run, make test"
