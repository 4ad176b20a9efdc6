#!/bin/sh
# Makes the subset of Inter that the app ships (Latin, punctuation, currency signs) from the
# distribution's fonts-inter. Only needed when the subset is to change: its output is kept.
set -eu
cd "$(dirname "$0")/.."
tools=${MARTLET_TOOLS:-../.build-tools/venv}
PATH="$tools/bin:$PATH"
source=${INTER_FONTS:-/usr/share/fonts/opentype/inter}
characters="U+0020-007E,U+00A0-00FF,U+0131,U+0141-0144,U+0152-0153,U+0160-0161,U+0178,U+017D-017E,\
U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+202F,U+203A,U+20AC,U+2190-2193,U+2212,U+2248"

subset() {
    pyftsubset "$source/$1" --unicodes="$characters" --layout-features=kern,tnum,cv11,liga,ccmp \
        --no-hinting --desubroutinize --flavor=woff2 --output-file="src/fonts/$2"
}

subset Inter-Regular.otf inter.woff2
subset Inter-SemiBold.otf inter-semibold.woff2
ls -l src/fonts
