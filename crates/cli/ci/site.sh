#!/usr/bin/env bash
# Owns: what a pipeline does around caveat: getting the program, and the branch that holds what readers see.
# Usage: ci/site.sh install FOLDER | take | put MESSAGE | show FOLDER
# It needs no key, and never sees one.
set -euo pipefail

# To be filled in: where the program is, and its SHA-256 (`sha256sum "$(command -v caveat)"`). Whoever can change this file
# signs with your keys: review it like a key.
address=https://example.org/to-be-filled-in/caveat
sha256=0000000000000000000000000000000000000000000000000000000000000000

branch=pages

# The program, only if it is the one whose hash stands above.
install_caveat() {
  local folder=$1
  mkdir -p "$folder"
  curl --fail --silent --show-error --location --output "$folder/caveat.new" "$address"
  echo "$sha256  $folder/caveat.new" | sha256sum --check --quiet -
  chmod +x "$folder/caveat.new"
  mv "$folder/caveat.new" "$folder/caveat"
}

# What readers see, as the branch has it now. A branch that is not there yet is a beginning; a host that does not answer is not.
# Not shallow: git is caveat's witness, and a short history of one branch makes it doubt all of them.
fetch_branch() {
  local found=0
  git update-ref -d "refs/caveat/$branch"
  git ls-remote --exit-code origin "refs/heads/$branch" >/dev/null || found=$?
  ((found != 2)) || return 0
  ((found == 0)) || exit 1
  git fetch --quiet --no-tags origin "+refs/heads/$branch:refs/caveat/$branch"
}

there() { git rev-parse --quiet --verify "refs/caveat/$branch" >/dev/null; }

unpack() {
  mkdir -p "$1"
  git archive "refs/caveat/$branch" | tar -x -C "$1"
}

# What a runner remembers is gone with it: the count of editions has to be pushed, or the next one begins at 1.
remembered() {
  [[ -f keys/keyring.toml ]] || return 0
  grep -Eq '^remote *= *"' keys/keyring.toml && return 0
  echo 'keys/keyring.toml says nowhere to push what was signed: it needs [state] with remote = "origin"' >&2
  exit 1
}

# public/ as readers see it, for caveat to compare with and to replace.
take() {
  remembered
  fetch_branch
  rm -rf public
  if there; then unpack public; fi
}

# public/ as one commit on the branch that was taken: who was slower loses, and nothing is forced.
put() {
  local index tree new parent=()
  if there; then parent=(-p "refs/caveat/$branch"); fi
  index=$(mktemp -d)
  GIT_INDEX_FILE=$index/index git -C public -c core.autocrlf=false --git-dir="$PWD/.git" --work-tree=. add --all --force .
  tree=$(GIT_INDEX_FILE=$index/index git write-tree)
  rm -rf "$index"
  new=$(commit "$tree" "$1" "${parent[@]}")
  git push --quiet origin "$new:refs/heads/$branch"
}

# The runner has no name of its own.
commit() {
  local tree=$1 message=$2
  shift 2
  git -c user.name=caveat -c user.email=caveat@localhost -c commit.gpgSign=false commit-tree "$tree" -m "$message" "$@"
}

# The newest that was put, whoever put it: the last of two that show never shows the older one.
show() {
  fetch_branch
  rm -rf "$1"
  unpack "$1"
}

case "${1:-} $#" in
  'install 2') install_caveat "$2" ;;
  'take 1') take ;;
  'put 2') put "$2" ;;
  'show 2') show "$2" ;;
  *) sed -n 's/^# Usage: //p' "$0" >&2 && exit 2 ;;
esac
