#!/usr/bin/env bash
# make coverage: how many lines the tests of the features run through.
. "$(dirname "$0")/common.sh"

need build test
need_swift
exec python3 scripts/with_services.py -- python3 scripts/coverage.py
