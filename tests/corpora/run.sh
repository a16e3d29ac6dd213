#!/usr/bin/env bash
# Owns: what becomes of real databases: imported, checked, built, and compared with their owners' own feeds.
# Usage: run.sh [CORPORA [NAME..]]     a directory with rustsec.tar.zst, julia.tar.zst, bellsoft.tar.zst and bitnami.tar.zst
# Must never change what is compared: see prepare.py for what is done to the scratch copies.
set -euo pipefail
cd "$(dirname "$0")/../.."
corpora=${1:-../shared/corpora}
names=" ${*:2} "
work=target/corpora
if [[ ! -d $corpora ]]; then
  printf 'corpora: none in %s; name their directory: tests/corpora/run.sh DIR\n' "$corpora" >&2
  exit 0
fi
target=${CARGO_TARGET_DIR:-target}
caveat=$(realpath -m "${CAVEAT:-$target/release/caveat}")
[[ -n ${CAVEAT:-} ]] || cargo build --locked --quiet --release --package caveat --bins
export HOME="$PWD/$work/home" GIT_CONFIG_NOSYSTEM=1
mkdir -p "$work/corpora" "$HOME"

# kinds FILE: how often each rule spoke, by level.
kinds() { grep -oE '(error|warning|note)\[[a-z-]+\]' "$1" | sort | uniq -c | sort -rn || true; }

# timed WORDS COMMAND..: runs it, both outputs to a log, and says how long it took; findings are no failure.
timed() {
  local what=$1 log=$2 start=$EPOCHREALTIME status=0
  shift 2
  "$@" >"$log" 2>&1 || status=$?
  ((status < 2)) || { cat "$log" >&2; exit "$status"; }
  awk -v a="$start" -v b="$EPOCHREALTIME" -v what="$what" 'BEGIN { printf "  %s: %.2f s\n", what, b - a }'
}

# corpus NAME FORM PREFIX DIGITS LICENCE
# What has no source of its own is imported from the records; ids that no feed can have get numbers of one.
corpus() {
  local name=$1 room=$work/$1 status=0
  local theirs=$work/corpora/$name/osv source=$work/corpora/$name/source
  if [[ $names != "  " && $names != *" $name "* ]]; then return 0; fi
  printf '%s\n' "$name"
  [[ -d $work/corpora/$name ]] || tar --zstd -xf "$corpora/$name.tar.zst" -C "$work/corpora"
  if [[ $2 == osv ]]; then
    rm -rf "$work/$name.numbered"
    python3 tests/corpora/renumber.py "$theirs" "$work/$name.numbered" "$3"
    theirs=$work/$name.numbered source=$work/$name.numbered
  fi
  rm -rf "$room" "$work/$name.aside"
  mkdir -p "$room"
  sed "s/PREFIX/$3/; s/DIGITS/$4/; s/CC-BY-4.0/$5/" tests/corpora/project.toml >"$room/caveat.toml"
  timed import "$work/$name.import" "$caveat" -C "$room" import "$2" "$PWD/$source"
  kinds "$work/$name.import"
  timed check "$work/$name.check" "$caveat" -C "$room" check --format short
  kinds "$work/$name.check"
  python3 tests/corpora/prepare.py "$room" "$work/$name.check" "$work/$name.aside" "$work/$name.mended"
  git -C "$room" init --quiet
  git -C "$room" add --all
  git -C "$room" -c user.name=corpora -c user.email=corpora@example.org commit --quiet --message corpus
  timed build "$work/$name.build" "$caveat" -C "$room" build --out public
  tail -n 1 "$work/$name.build"
  python3 tests/corpora/compare.py "$room/public" "$theirs" || status=$?
  python3 tests/corpora/facts.py "$name" "$room/public" "$theirs" "$work/$name.mended" || status=$?
  return "$status"
}

failed=0
corpus rustsec rustsec RUSTSEC 4 CC0-1.0 || failed=1
if [[ $names == "  " || $names == *" audit "* ]]; then
  printf 'rustsec, by cargo-audit with their files and with ours\n'
  # `make interop` installs it.
  audit=(${INTEROP_DIR:-target/interop}/bin/cargo-audit-*)
  if [[ -x ${audit[0]} ]]; then
    python3 tests/corpora/audit.py "${audit[0]}" "$work/rustsec/public" "$work/corpora/rustsec/source" "$work/corpora/rustsec/osv" "$work/rustsec.audit" || failed=1
  else
    printf '  not compared: no cargo-audit in %s; `make interop` installs it\n' "${audit[0]%/*}"
  fi
fi
if [[ $names == "  " || $names == *" replay "* ]]; then
  printf 'rustsec, as it came about\n'
  python3 tests/corpora/replay.py "$caveat" "$work/rustsec" "$PWD/$work/rustsec.replay" || failed=1
fi
corpus julia julia JLSEC 1 CC-BY-4.0 || failed=1
corpus bitnami osv BIT 4 Apache-2.0 || failed=1
corpus bellsoft osv BELL 4 MIT || failed=1
exit "$failed"
