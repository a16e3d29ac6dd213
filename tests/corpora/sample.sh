#!/usr/bin/env bash
# Owns: a repository of real advisories taken by lot from all four databases, for programs that judge what we publish.
# Usage: sample.sh CAVEAT OUTDIR [COUNT [CORPORA]]     1,000 where no count is given; OUTDIR is made anew
# Exit 3 where there are no corpora. Must never take others the next time: the seed is written down.
set -euo pipefail
caveat=$(realpath "$1") out=$(realpath -m "$2") count=${3:-1000}
cd "$(dirname "$0")/../.."
corpora=${4:-../shared/corpora}
for name in rustsec julia bellsoft bitnami; do
  if [[ ! -r $corpora/$name.tar.zst ]]; then
    printf 'sample: no %s.tar.zst in %s\n' "$name" "$corpora" >&2
    exit 3
  fi
done
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
for name in rustsec julia bellsoft bitnami; do
  tar --zstd -xf "$corpora/$name.tar.zst" -C "$room"
done
export HOME="$room/home" GIT_CONFIG_NOSYSTEM=1
mkdir "$HOME"
python3 tests/corpora/sample.py "$caveat" "$room" "$out" "$count"
