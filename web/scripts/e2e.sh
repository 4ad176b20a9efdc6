#!/bin/sh
# Browser tests on the server at MARTLET_URL (http://127.0.0.1:8080 unless set).
set -eu
cd "$(dirname "$0")/../e2e"
tools=${MARTLET_TOOLS:-../../.build-tools/venv}
PATH="$tools/bin:$PATH"
export PYTHONDONTWRITEBYTECODE=1
exec pytest -q -p no:cacheprovider "$@"
