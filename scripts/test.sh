#!/usr/bin/env bash
# make test: every test, on both databases. Ends in one line of counts.
# ONLY=swift,web,browser … runs a part (see scripts/testing/run_all.py).
. "$(dirname "$0")/common.sh"

need build web tools test
need_swift
need_python_tools
need_web_packages
need_chromium
exec python3 scripts/testing/run_all.py
