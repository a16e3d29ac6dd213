#!/usr/bin/env bash
# Owns: our own advisories checked, built from two clones that share nothing but the commit and the key, compared and verified.
# Must never leave anything behind, or need more than git and the program.
set -euo pipefail
cd "$(dirname "$0")/.."
caveat=$(realpath -m "${CARGO_TARGET_DIR:-target}/release/caveat")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export HOME=$room/home

"$caveat" check
git clone --quiet . "$room/one"
git clone --quiet . "$room/a longer way/two"
(cd "$room/one" && TZ=Pacific/Kiritimati LC_ALL=C "$caveat" build --out "$room/A")
(cd "$room/a longer way/two/crates" && TZ=America/St_Johns LC_ALL=C.UTF-8 RAYON_NUM_THREADS=1 "$caveat" build --out "$room/B")
diff -r "$room/A" "$room/B"
"$caveat" verify "$room/B"
printf 'dogfood: both trees are the same\n'
