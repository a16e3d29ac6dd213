#!/usr/bin/env bash
# Owns: that drafts encrypted by age itself are opened with the right key, by no other, and never published.
# Usage: age.sh REPOSITORY CAVEAT KEY
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/interop/verdicts.sh
source "$here/verdicts.sh"

repository=$1 caveat=$2 key=$3
version=$(age --version)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
umask 077

git clone --quiet "$repository" "$scratch/clone"
cd "$scratch/clone"
age-keygen -o "$scratch/right" 2>/dev/null
age-keygen -o "$scratch/wrong" 2>/dev/null
mkdir -p advisories/drafts
mapfile -t published < <(find advisories -path '*/20*' -name '*.toml' | LC_ALL=C sort)
grep -v '^id = ' "${published[0]}" | sed 's/^title = .*/title = "Zanzibar quokkas open the cellar door"/; s/^aliases = .*//; s/^severity = .*/severity = "no-such-class"/' >"$scratch/plain.toml"
age --encrypt --recipient "$(age-keygen -y "$scratch/right")" --output advisories/drafts/quokka.toml.age "$scratch/plain.toml"
git add --all
git -c user.name=a -c user.email=a@example.org commit --quiet --message draft

no_trace() { "$caveat" build --out "$scratch/site" --key "$key" && ! grep --recursive --ignore-case --quiet quokka "$scratch/site"; }
nothing_written() { [[ -z $(git status --porcelain) ]]; }

accepts age "$version" "a sealed draft is let be without a key" "$caveat" check
refuses age "$version" "its fault is found with the key" 1 "no-such-class" "$caveat" check --identity "$scratch/right"
refuses age "$version" "another key opens nothing" 2 "was not opened" "$caveat" check --identity "$scratch/wrong"
refuses age "$version" "a fix writes nothing of it" 1 "no-such-class" "$caveat" check --fix --identity "$scratch/right"
accepts age "$version" "no plain text is left behind" nothing_written
printf 'not of age' >advisories/drafts/quokka.toml.age
refuses age "$version" "a file that is not of age is told" 2 "was not opened" "$caveat" check --identity "$scratch/right"
git checkout --quiet advisories
accepts age "$version" "a build has no trace of it" no_trace
