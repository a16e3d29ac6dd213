#!/usr/bin/env bash
# Owns: publishers killed at random points; whatever is out afterwards verifies, and is the old tree or the new one.
# Usage: crash.sh [TIMES]     so many are killed before they end, half of them while they publish a feed with roots
# Must never leave anything behind, or call a run good in which nobody was killed.
set -euo pipefail
cd "$(dirname "$0")/.."
times=${1:-200}
caveat=$(realpath -m "${CAVEAT:-${CARGO_TARGET_DIR:-target}/release/caveat}")
# In memory where that is a file system: what a killed program leaves is the kernel's either way, and waiting for a disk is no test.
memory=/dev/shm
[[ -w $memory ]] || memory=${TMPDIR:-/tmp}
room=$(mktemp -d -p "$memory")
trap 'rm -rf "$room"' EXIT
export HOME=$room/home GIT_CONFIG_NOSYSTEM=1
git -c advice.detachedHead=false clone --quiet . "$room/repository"
cd "$room/repository"
clock=$(git log -1 --format=%ct)
number=0
site=
publish=() verify=()

commit() {
  clock=$((clock + 1))
  git add --all
  GIT_AUTHOR_DATE="@$clock +0000" GIT_COMMITTER_DATE="@$clock +0000" \
    git -c user.name=crash -c user.email=crash@example.org commit --quiet --message "$1"
}

# state NUMBER: the name of the feed, which is on every page, tells the trees apart.
state() {
  sed -i "0,/^name = .*/s//name = \"State $1\"/" caveat.toml
  commit "state $1"
}

# Roots, keys and a branch that counts: a tree has a layer more, and git remembers what was signed.
keyring() {
  local role
  mkdir -m 700 "$room/keys"
  for role in root publish freshness; do "$caveat" keys generate "$role" --role "$role" --out "$room/keys/$role"; done
  "$caveat" keys root draft
  "$caveat" keys root sign --key "$room/keys/root"
  commit "a keyring"
}

# out: which state readers see, on two pages that are written far apart.
out() { grep --only-matching --no-filename --max-count=1 'State [0-9]*' "$site/index.html" "$site/thanks/index.html" | sort -u; }

# quietly COMMAND..: what it says is worth reading only when it fails.
quietly() { "$@" 2>"$room/said" || { cat "$room/said" >&2; exit 1; }; }

# A publisher that is killed some time before it would end. It says how it ended: 0 or 137.
killed_publisher() {
  local publisher status=0
  "$caveat" publish --to "$site" "${publish[@]}" 2>"$room/said" &
  publisher=$!
  sleep "$(awk -v t="$1" -v r="$((RANDOM * 32768 + RANDOM))" 'BEGIN { printf "%.6f", t / 1000000 * 1.1 * r / 1073741824 }')"
  kill -9 "$publisher" 2>/dev/null || true
  wait "$publisher" 2>/dev/null || status=$?
  [[ $status == 0 || $status == 137 ]] || { cat "$room/said" >&2; exit 1; }
  return "$status"
}

# kill_publishers WHAT TIMES
kill_publishers() {
  local started=$EPOCHREALTIME before whole last status killed=0 finished=0 fresh=0 first
  # What a key of this machine signed is no feed to go on with.
  site=$room/site-$number
  state "$((number += 1))"
  quietly "$caveat" publish --to "$site" "${publish[@]}"
  # The second one has something to be compared with, as all that follow.
  state "$((number += 1))"
  first=$number last="State $number"
  before=$EPOCHREALTIME
  quietly "$caveat" publish --to "$site" "${publish[@]}"
  whole=$(awk -v a="$before" -v b="$EPOCHREALTIME" 'BEGIN { printf "%d", (b - a) * 1000000 }')
  while ((killed < $2)); do
    state "$((number += 1))"
    ((number - first <= $2 * 3)) || { printf 'too few were killed: %s of %s\n' "$killed" "$((number - first))" >&2; exit 1; }
    status=0
    killed_publisher "$whole" || status=$?
    if ((status)); then killed=$((killed + 1)); else finished=$((finished + 1)); fi
    quietly "$caveat" verify "$site" "${verify[@]}"
    seen=$(out)
    if [[ $seen == "State $number" ]]; then
      fresh=$((fresh + 1))
    elif [[ $seen != "$last" || $status == 0 ]]; then
      printf 'after %s there is %s\n' "$last" "$seen" >&2
      exit 1
    fi
    last=$seen
  done
  quietly "$caveat" publish --to "$site" "${publish[@]}"
  quietly "$caveat" verify "$site" "${verify[@]}"
  [[ $(out) == "State $number" ]] || { printf 'the last is not out\n' >&2; exit 1; }
  [[ -z $(find "$room" -maxdepth 1 -name '.*.caveat-new*') ]] || { printf 'something is left\n' >&2; exit 1; }
  awk -v w="$1" -v a="$started" -v b="$EPOCHREALTIME" -v k="$killed" -v f="$finished" -v n="$fresh" \
    'BEGIN { printf "crash: %s: %d killed, %d ended before; readers saw the new tree %d times, the old one else, always whole (%.0f s)\n", w, k, f, n, b - a }'
}

kill_publishers "without roots" "$((times / 2))"
quietly keyring
publish=(--key "$room/keys/publish" --key "$room/keys/freshness")
verify=(--root keys/root/1.root.json --state "$room/seen.json")
kill_publishers "with roots" "$((times - times / 2))"
