#!/usr/bin/env bash
# Owns: that the same commit and key give the same bytes elsewhere, later, and under another environment.
# Usage: determinism.sh REPOSITORY SITE KEY CAVEAT   (SITE: built from REPOSITORY's HEAD with KEY in the usual way)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/interop/verdicts.sh
source "$here/verdicts.sh"

repository=$1 site=$2 key=$3 caveat=$4
version=$("$caveat" --version | grep -o '[^ ]*$')
scratch=$(mktemp -d)
memory=$scratch
# A memory file system lists directories in another order than a disk.
if [[ -d /dev/shm && -w /dev/shm ]]; then memory=$(mktemp -d -p /dev/shm); fi
trap 'rm -rf "$scratch" "$memory"' EXIT

same() { # QUESTION TREE
  local report
  if report=$(diff -rq "$site" "$2" 2>&1); then
    verdict pass caveat "$version" "$1"
  else
    printf '%s\n' "$report" >&2
    verdict fail caveat "$version" "$1" "$(wc -l <<<"$report") differences, first: $(head -n 1 <<<"$report")"
  fi
}

# Another path, with a space and a letter beyond ASCII; no history; nothing of the caller's environment.
far_away() {
  local clone="$memory/an other pläce"
  git clone --quiet --depth 1 "file://$repository" "$clone"
  mkdir -p "$scratch/home"
  (
    cd /
    umask 077
    env -i PATH="$PATH" HOME="$scratch/home" TZ=Pacific/Kiritimati LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 \
      RAYON_NUM_THREADS=1 SOURCE_DATE_EPOCH=1 "$caveat" -C "$clone" build --out "$memory/site" --key "$key"
  ) >&2
  same "same bytes: other path, shallow clone, time zone, locale, umask, one thread" "$memory/site"
}

# Over a site of ours with pages that this one has not: what lies there must neither stay nor matter.
over_the_old() {
  local clone="$scratch/renumbered" old
  git clone --quiet "file://$repository" "$clone"
  rm -rf "$clone/.git" # its past would miss the advisory
  git init --quiet "$clone"
  old=$(find "$clone/advisories" -name '*-0001.toml')
  sed 's/^\(id = ".*-\)0001"/\19999"/' "$old" >"${old%0001.toml}9999.toml"
  rm "$old"
  git -C "$clone" add --all
  git -C "$clone" -c user.name=interop -c user.email=interop@example.org commit --quiet -m "one advisory under another id"
  "$caveat" -C "$clone" build --out "$scratch/site" --key "$key" >&2
  if diff -rq "$site" "$scratch/site" >/dev/null; then exit 3; fi # or the question below asks nothing
  (cd "$repository/advisories" && TZ=America/St_Johns LC_ALL=C "$caveat" -C .. build --out "$scratch/site" --key "$key") >&2
  same "same bytes: built over another site of ours, from a folder below" "$scratch/site"
}

far_away
over_the_old
