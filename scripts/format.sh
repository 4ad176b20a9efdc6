#!/usr/bin/env bash
# make format: rewrites Swift and the web app in the house format.
. "$(dirname "$0")/common.sh"

need_swift
swift format --in-place --parallel --recursive Package.swift Sources Tests bench/bare/Package.swift bench/bare/Sources

if [ -d web/src ]; then
    need_python_tools
    (cd web && oxfmt .)
fi
