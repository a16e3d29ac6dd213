#!/usr/bin/env bash
# Owns: publishers killed at random points; whatever is out afterwards verifies, and is the old tree or the new one.
# Usage: crash.sh [TIMES]     so many are killed before they end
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
started=$EPOCHREALTIME
git -c advice.detachedHead=false clone --quiet . "$room/repository"
cd "$room/repository"
clock=$(git log -1 --format=%ct)

# state NUMBER: the name of the feed, which is on every page, tells the trees apart.
state() {
  clock=$((clock + 1))
  sed -i "0,/^name = .*/s//name = \"State $1\"/" caveat.toml
  GIT_AUTHOR_DATE="@$clock +0000" GIT_COMMITTER_DATE="@$clock +0000" \
    git -c user.name=crash -c user.email=crash@example.org commit --quiet --all --message "state $1"
}

# out: which state readers see, on two pages that are written far apart.
out() { grep --only-matching --no-filename --max-count=1 'State [0-9]*' "$room/site/index.html" "$room/site/thanks/index.html" | sort -u; }

state 0
before=$EPOCHREALTIME
"$caveat" publish --to "$room/site" 2>"$room/said"
whole=$(awk -v a="$before" -v b="$EPOCHREALTIME" 'BEGIN { printf "%d", (b - a) * 1000000 }')
killed=0 finished=0 fresh=0 last='State 0'
number=0
while ((killed < times)); do
  number=$((number + 1))
  ((number <= times * 3)) || { printf 'too few were killed: %s of %s\n' "$killed" "$number" >&2; exit 1; }
  state "$number"
  "$caveat" publish --to "$room/site" 2>"$room/said" &
  publisher=$!
  sleep "$(awk -v t="$whole" -v r="$((RANDOM * 32768 + RANDOM))" 'BEGIN { printf "%.6f", t / 1000000 * 1.1 * r / 1073741824 }')"
  kill -9 "$publisher" 2>/dev/null || true
  status=0
  wait "$publisher" 2>/dev/null || status=$?
  case $status in
    0) finished=$((finished + 1)) ;;
    137) killed=$((killed + 1)) ;;
    *) cat "$room/said" >&2; exit 1 ;;
  esac
  "$caveat" verify "$room/site" 2>"$room/verdict" || { cat "$room/verdict" >&2; exit 1; }
  seen=$(out)
  if [[ $seen == "State $number" ]]; then
    fresh=$((fresh + 1))
  elif [[ $seen != "$last" || $status == 0 ]]; then
    printf 'after %s there is %s\n' "$last" "$seen" >&2
    exit 1
  fi
  last=$seen
done
"$caveat" publish --to "$room/site" 2>"$room/said" || { cat "$room/said" >&2; exit 1; }
left=$(find "$room" -maxdepth 1 -name '.site*' | wc -l)
((left == 0)) || { printf '%s left\n' "$left" >&2; exit 1; }
awk -v a="$started" -v b="$EPOCHREALTIME" -v k="$killed" -v f="$finished" -v n="$fresh" \
  'BEGIN { printf "crash: %d killed, %d ended before; readers saw the new tree %d times, the old one else, always whole (%.0f s)\n", k, f, n, b - a }'
