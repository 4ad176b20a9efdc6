#!/usr/bin/env bash
# make chaos: every disaster in small numbers. ONLY=killloop,bank picks some; ROUNDS, WRITES,
# TRANSFERS, KEYS, RACERS, DATABASE and SEED are explained at the top of each script.
. "$(dirname "$0")/common.sh"

need build tools chaos
if [ -z "${MARTLET_BINARY:-}" ]; then
    build_server
    export MARTLET_BINARY="$root/.build/release/martlet"
fi

all=secondinstance,powercut,killloop,syncdeath,syncerror,diskfull,drain,backup,killrestore,killrotate,idempotency,lostupdate,bank,killpostgres,killredis
failed=0
for name in $(echo "${ONLY:-$all}" | tr ',' ' '); do
    python3 "scripts/chaos/$name.py" || failed=$((failed + 1))
done
[ "$failed" -eq 0 ] || die "$failed disasters broke a promise"
say "every promise held"
