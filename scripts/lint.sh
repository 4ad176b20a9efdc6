#!/usr/bin/env bash
# make lint: the format of Swift, the types, rules and format of the web app. Changes nothing.
. "$(dirname "$0")/common.sh"

need_swift
say "swift format lint"
swift format lint --strict --parallel --recursive Package.swift Sources Tests bench/bare/Package.swift bench/bare/Sources

if [ -f web/scripts/check.sh ]; then
    need_python_tools
    need_web_packages
    say "web check"
    (cd web && sh scripts/check.sh)
fi
say "lint: clean"
