#!/usr/bin/env bash
# make fuzz: libFuzzer over the readers of foreign files, SECONDS_EACH (or the first argument) a target.
# An input that traps, reads out of bounds or takes more than a second stops the run; it is kept under
# Tests/InterchangeTests/Fixtures/fuzz (CredentialsTests for CBOR), where `make test` replays it ever after, with a small set of the
# inputs that reach the most code.
. "$(dirname "$0")/../common.sh"

seconds="${1:-${SECONDS_EACH:-60}}"
only="${ONLY:-CSV,OFX,Markup,CBOR}"
fixtures="$root/Tests/InterchangeTests/Fixtures"
credentials="$root/Tests/CredentialsTests/Fixtures"
build="$root/.build/fuzz"
[ "$(uname -s)" = Linux ] || die "the fuzzer of the Swift toolchain runs on Linux only"

compile() {
    swiftc -O -g -wmo -swift-version 6 -parse-as-library -package-name martlet -I "$build" \
        -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility \
        -enable-upcoming-feature InternalImportsByDefault "$@"
}

# The sources of a module; of Credentials those that read an authenticator's bytes and need no library.
sources_of() {
    case "$1" in
        Credentials) ls "$root/Sources/Credentials/Passkeys/"{CBOR,CBORReader,PasskeyError}.swift ;;
        *) find "$root/Sources/$1" -name '*.swift' | sort ;;
    esac
}

# A module of the project, instrumented.
compile_module() {
    local name="$1" sources
    mapfile -t sources < <(sources_of "$name")
    compile -module-name "$name" -emit-module -emit-module-path "$build/$name.swiftmodule" \
        -c -o "$build/$name.o" "${@:2}" "${sources[@]}"
}

say "building the fuzzers"
mkdir -p "$build"
compile_module Ledger -sanitize=address
compile_module Interchange -sanitize=fuzzer,address
compile_module Credentials -sanitize=fuzzer,address

fuzz() {
    local target="$1" fixtures="$fixtures" kept found
    [ "$target" = CBOR ] && fixtures="$credentials"
    kept="$fixtures/fuzz/$(echo "$target" | tr '[:upper:]' '[:lower:]')"
    found="$build/corpus-$target"
    mkdir -p "$kept" "$found"
    compile -module-name "${target}Fuzz" -sanitize=fuzzer,address -use-ld=lld \
        -o "$build/fuzz-$target" \
        "$root/scripts/fuzz/${target}Fuzz.swift" "$build/Ledger.o" "$build/Interchange.o" "$build/Credentials.o"
    say "fuzzing $target for $seconds s"
    "$build/fuzz-$target" -max_total_time="$seconds" -timeout=1 -rss_limit_mb=1024 -max_len=4096 \
        -dict="$root/scripts/fuzz/words.dict" -artifact_prefix="$kept/" -print_final_stats=1 \
        "$found" "$kept" "$root"/Tests/InterchangeTests/Fixtures/{csv,ofx} 2>"$build/$target.log" || {
        tail -n 40 "$build/$target.log" >&2
        die "an input broke the $target reader; it is kept in $kept"
    }
    grep -E 'stat::number_of_executed_units|stat::average_exec|stat::slowest|stat::peak' "$build/$target.log"
    keep_small "$target" "$kept" "$found"
}

# The smallest set of short inputs that reaches every branch that all of them reach, and what once broke.
keep_small() {
    local target="$1" kept="$2" found="$3" small
    small="$(mktemp -d)"
    cp "$kept"/crash-* "$kept"/timeout-* "$kept"/slow-unit-* "$small" 2>/dev/null || true
    "$build/fuzz-$target" -set_cover_merge=1 -use_counters=0 -max_len=256 -timeout=1 -rss_limit_mb=1024 \
        "$small" "$kept" "$found" >/dev/null 2>&1 || true
    rm -rf "$kept"
    mv "$small" "$kept"
    chmod 755 "$kept"
    say "$(find "$kept" -type f | wc -l) inputs kept for $target, $(du -sh "$kept" | cut -f1)"
}

for target in $(echo "$only" | tr ',' ' '); do fuzz "$target"; done
say "nothing broke"
