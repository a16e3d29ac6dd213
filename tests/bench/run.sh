#!/usr/bin/env bash
# Owns: how long builds take and how much memory, at one and ten times the size of real corpora; derivation; signing; the index for search; what pages cost; how many questions a second; `verify` beside `sha256sum`.
# Usage: run.sh [CORPORA]     a directory with rustsec.tar.zst and bellsoft.tar.zst
# Must never be a test: it prints figures, and what they mean depends on the machine.
set -euo pipefail
cd "$(dirname "$0")/../.."
corpora=${1:-../shared/corpora}
work=target/bench
cargo build --locked --quiet --release --package caveat --package caveat-serve --bins --example floor --example floor_http
mkdir -p "$work/corpora"
cargo run --locked --quiet --release --package caveat-sign --example signing 30000
cargo run --locked --quiet --release --package caveat-search --example sizes 30 1205 10000 300000
cargo build --locked --quiet --release --package caveat-verify --example feed
python3 tests/bench/verify.py "$work" "${CARGO_TARGET_DIR:-target}/release"
python3 tests/bench/derive.py "$work" "${CARGO_TARGET_DIR:-target}/release/caveat"
python3 tests/bench/serve.py "$work" "${CARGO_TARGET_DIR:-target}/release"
python3 tests/bench/pages.py "$work" "${CARGO_TARGET_DIR:-target}/release"
if [[ ! -d $corpora ]]; then
  printf 'bench: no corpora in %s: name their directory, `tests/bench/run.sh DIR`\n' "$corpora" >&2
  exit 2
fi
for name in rustsec bellsoft; do
  [[ -d $work/corpora/$name ]] || tar --zstd -xf "$corpora/$name.tar.zst" -C "$work/corpora"
done
python3 tests/bench/history.py "$work" "${CARGO_TARGET_DIR:-target}/release"
exec python3 tests/bench/bench.py "$work" "${CARGO_TARGET_DIR:-target}/release"
