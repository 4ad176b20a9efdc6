#!/bin/sh
# Copies the packages of package.json from the distribution into web/node_modules, for machines
# without npm's registry. With npm, `npm install` gives the same folder.
# Copies rather than links: the type checker does not follow links out of node_modules.
set -eu
cd "$(dirname "$0")/.."

needed="nodejs esbuild node-react node-react-dom node-prop-types node-csstype node-jsdom"
if ! command -v node >/dev/null || ! node scripts/packages.mjs --check; then
    echo "The web app needs packages of the distribution. Run:" >&2
    echo "    sudo apt-get install --no-install-recommends $needed" >&2
    exit 1
fi
exec node scripts/packages.mjs
