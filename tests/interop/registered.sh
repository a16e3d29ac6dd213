#!/usr/bin/env bash
# Owns: a second advisory repository for the test: the same advisories under an id prefix that OSV has registered.
# Usage: registered.sh REPOSITORY TARGET PUBLIC_KEY    (the key joins keys/, so that its builds do not call themselves local)
# Strict readers know only registered prefixes and check such records against the 1.7.5 schema. The prefix is GSD's, of
# a database that was archived, so no id made here can meet a new one. Nothing made here is ever published.
set -euo pipefail

repository=$1 target=$2 public_key=$3
prefix=$(sed -n 's/^id-prefix *= *"\([^"]*\)".*/\1/p' "$repository/caveat.toml")
[[ -n $prefix ]] || { printf 'no id-prefix in %s\n' "$repository/caveat.toml" >&2 && exit 1; }

rm -rf "$target"
mkdir -p "$target"
git -C "$repository" archive HEAD | tar -x -C "$target"
grep -rlF "$prefix" "$target" | while IFS= read -r file; do sed -i "s/$prefix/GSD/g" "$file"; done
find "$target" -depth -name "$prefix-*" | while IFS= read -r file; do
  name=${file##*/}
  mv "$file" "${file%/*}/GSD${name#"$prefix"}"
done
mkdir -p "$target/keys"
cp "$public_key" "$target/keys/interop.pub"
git -C "$target" init --quiet
git -C "$target" add --all
# A build takes the time of its commit for now, so the copy is as old as what it was copied from.
GIT_COMMITTER_DATE=$(git -C "$repository" log -1 --format=%cI)
export GIT_COMMITTER_DATE GIT_AUTHOR_DATE=$GIT_COMMITTER_DATE
git -C "$target" -c user.name=interop -c user.email=interop@localhost -c commit.gpgsign=false commit --quiet --message 'Advisories under a registered prefix'
