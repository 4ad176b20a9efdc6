# Sourced by the other scripts: where the project is, how to speak, how to install what is missing.
# shellcheck shell=bash
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
tools="$root/.build-tools"
cd "$root"

say() { printf '==> %s\n' "$*"; }

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# The packages of one purpose, in the words of the distribution at hand. `package:command` is
# satisfied by the command too, wherever it came from.
packages_for() {
    case "$(uname -s):$1" in
        Linux:build) echo git:git pkg-config:pkg-config libargon2-dev libcurl4-openssl-dev libpq-dev libqrencode-dev libsqlite3-dev zlib1g-dev ;;
        Linux:web) echo nodejs:node esbuild node-react node-react-dom node-prop-types node-csstype node-jsdom ;;
        Linux:tools) echo python3:python3 python3-venv ;;
        Linux:test) echo postgresql pgbouncer redis-server:redis-server shellcheck:shellcheck libatomic1 ;;
        Linux:bench) echo wrk:wrk postgresql redis-server:redis-server ;;
        Linux:chaos) echo gcc:gcc libc6-dev strace:strace procps:pgrep postgresql redis-server:redis-server ;;
        Darwin:build) echo git:git pkg-config:pkg-config argon2 libpq qrencode ;;
        Darwin:web) echo node:node ;;
        Darwin:tools) echo python:python3 ;;
        Darwin:test) echo postgresql@15:postgres pgbouncer:pgbouncer redis:redis-server shellcheck:shellcheck ;;
        Darwin:bench) echo wrk:wrk postgresql@15:postgres redis:redis-server ;;
        Darwin:chaos) echo postgresql@15:postgres redis:redis-server ;;
        *) die "no package list for $1 on $(uname -s); martlet is built on Debian 12, Ubuntu 24.04 and macOS" ;;
    esac
}

is_installed() {
    if [ "$(uname -s)" = Darwin ]; then
        brew list --versions "$1" >/dev/null 2>&1
    else
        [ "$(dpkg-query -W -f='${Status}' "$1" 2>/dev/null)" = "install ok installed" ]
    fi
}

# Prints the packages of the given purposes that are not there, one a line.
missing_packages() {
    local purpose entry package program
    for purpose in "$@"; do
        for entry in $(packages_for "$purpose"); do
            package="${entry%%:*}"
            program="${entry#*:}"
            [ "$program" != "$entry" ] && has "$program" && continue
            is_installed "$package" || echo "$package"
        done
    done | sort -u
}

# Installs the packages given, or stops with the command that would.
install_packages() {
    if [ "$(uname -s)" = Darwin ]; then
        has brew || die "Homebrew is missing (https://brew.sh). Then run: brew install $*"
        say "installing with Homebrew: $*"
        brew install "$@"
        return
    fi
    has apt-get || die "this system has no apt-get. Install the counterparts of: $*"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            die "packages are missing and may not be installed without a password. Run:
    sudo apt-get update && sudo apt-get install --no-install-recommends -y $*"
        fi
        as_root=(sudo -n)
    fi
    say "installing from the distribution: $*"
    export DEBIAN_FRONTEND=noninteractive
    ${as_root[@]+"${as_root[@]}"} apt-get update -qq
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

# need build web …: makes sure that the packages of these purposes are there.
need() {
    local missing
    missing="$(missing_packages "$@")"
    # shellcheck disable=SC2086 # One word a package.
    [ -z "$missing" ] || install_packages $missing
    if [ "$(uname -s)" = Darwin ] && has brew; then
        # libpq and argon2 are keg-only or may be: pkg-config finds them only when told.
        PKG_CONFIG_PATH="$(brew --prefix)/opt/libpq/lib/pkgconfig:${PKG_CONFIG_PATH:-}"
        export PKG_CONFIG_PATH
    fi
}

need_swift() {
    has swift || die "the Swift toolchain is missing: install Swift 6.3 (https://www.swift.org/install)"
    local version
    version="$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)"
    case "$version" in
        6.[3-9] | 6.[1-9][0-9] | [7-9].* | [1-9][0-9].*) ;;
        *) die "Swift 6.3 or later is needed, found ${version:-an unknown version} (https://www.swift.org/install)" ;;
    esac
}

# One digest of the contents of the files below the paths given: the stamp of what they build.
digest() {
    find "$@" -type f -not -path '*/__pycache__/*' -print0 2>/dev/null | LC_ALL=C sort -z |
        xargs -0 cksum | cksum | tr ' ' -
}

# The virtual environment of Python tools, made once for each version of the list.
need_python_tools() {
    need tools
    local list="$root/scripts/python-requirements.txt" stamp="$tools/venv/.stamp" wanted
    wanted="$(cat "$list"; python3 --version)"
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        say "making the Python tools in .build-tools/venv"
        rm -rf "$tools/venv"
        mkdir -p "$tools"
        python3 -m venv "$tools/venv"
        "$tools/venv/bin/pip" install --quiet --no-input --disable-pip-version-check -r "$list"
        printf '%s\n' "$wanted" >"$stamp"
    fi
    PATH="$tools/venv/bin:$PATH"
    export PATH
}

# CHROMIUM: the browser of the browser tests.
need_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium google-chrome-stable google-chrome; do
        has "$name" && break
        name=""
    done
    # Ubuntu's chromium is only a door to the snap store, which a server may not have.
    if [ -z "$name" ] && [ -f /etc/debian_version ] && ! grep -q '^ID=ubuntu' /etc/os-release; then
        install_packages chromium
        name=chromium
    fi
    if [ -n "$name" ]; then
        CHROMIUM="$(command -v "$name")"
    else
        need_own_chromium
    fi
    export CHROMIUM
}

# The Chromium that Playwright brings, where the system has none.
need_own_chromium() {
    export PLAYWRIGHT_BROWSERS_PATH="$tools/browsers"
    local with_libraries=()
    [ "$(id -u)" -ne 0 ] || with_libraries=(--with-deps)
    playwright install ${with_libraries[@]+"${with_libraries[@]}"} chromium
    CHROMIUM="$(python3 -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)')"
}

# web/node_modules: from the distribution where it has the packages, else from npm.
need_web_packages() {
    need web
    local stamp="$tools/web-packages.stamp" wanted
    wanted="$(digest web/package.json web/scripts/packages.mjs)"
    [ -d web/node_modules ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
    mkdir -p "$tools"
    if [ "$(uname -s)" = Darwin ]; then
        (cd web && npm install --no-audit --no-fund)
    else
        sh web/scripts/install.sh
    fi
    printf '%s\n' "$wanted" >"$stamp"
}

# web/dist, rebuilt only when a source changed.
build_web() {
    need_web_packages
    local stamp="$tools/web.stamp" wanted
    wanted="$(digest web/src web/public web/scripts web/package.json)"
    if [ -f web/dist/index.html ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    say "building the web app"
    (cd web && node scripts/build.mjs)
    printf '%s\n' "$wanted" >"$stamp"
}

# swift_build ARGUMENT…: a build in which a target may import only what it declares.
swift_build() {
    need build
    need_swift
    swift build --explicit-target-dependency-import-check error "$@"
}

# build_server: the release binary. On Linux it carries Swift's libraries in it: less memory, and it
# runs where no toolchain is.
build_server() {
    local static=()
    [ "$(uname)" = Linux ] && static=(--static-swift-stdlib)
    swift_build -c release --product martlet ${static[@]+"${static[@]}"}
}
