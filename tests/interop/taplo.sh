#!/usr/bin/env bash
# Owns: that editors agree with us: Taplo, the TOML checker behind them, judges our own files by the schemas we print.
# Usage: taplo.sh REPOSITORY NPM_FOLDER CAVEAT
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/interop/verdicts.sh
source "$here/verdicts.sh"

repository=$1 npm=$2 caveat=$3
taplo=$npm/node_modules/.bin/taplo
version=$(sed -n 's/^ *"version": *"\([^"]*\)".*/\1/p' "$npm/node_modules/@taplo/cli/package.json")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Inside a project the schema knows its packages and severities, outside only the format.
"$caveat" -C "$repository" schema advisory >"$scratch/advisory.json"
"$caveat" -C "$repository" schema project >"$scratch/project.json"
"$caveat" -C "$scratch" schema advisory >"$scratch/general.json"

lint() { # SCHEMA FILE..
  local schema=$1
  shift
  "$taplo" lint --colors never --no-auto-config --schema "file://$scratch/$schema.json" "$@"
}

# misspelt QUESTION SCHEMA FILE SED-SCRIPT TEXT: one change to a good file, and the complaint that must come of it.
misspelt() {
  local changed=$scratch/changed.toml
  sed "$4" "$3" >"$changed"
  if cmp -s "$3" "$changed"; then
    verdict fail taplo "$version" "$1" "the change changed nothing"
  else
    refuses taplo "$version" "$1" any "$5" lint "$2" "$changed"
  fi
}

mapfile -t advisories < <(find "$repository/advisories" -name '*.toml' | LC_ALL=C sort)
[[ ${#advisories[@]} -gt 0 ]] || { printf 'no advisories in %s\n' "$repository" >&2 && exit 1; }
one=${advisories[0]}

accepts taplo "$version" "${#advisories[@]} advisories keep to the project's schema" lint advisory "${advisories[@]}"
accepts taplo "$version" "${#advisories[@]} advisories keep to the general schema" lint general "${advisories[@]}"
accepts taplo "$version" "caveat.toml keeps to its schema" lint project "$repository/caveat.toml"
misspelt "refuses a misspelt key" advisory "$one" 's/^impact = /imapct = /' "('imapct' was unexpected)"
misspelt "refuses a misspelt key of a table" general "$one" 's/^versions = /version = /' "('version' was unexpected)"
misspelt "refuses a word that is in no list" general "$one" 's/^type = ".*"/type = "fixx"/' '"fixx" is not one of'
misspelt "refuses a package that the project has not" advisory "$one" 's/^package = ".*"/package = "no-such"/' '"no-such" is not one of'
misspelt "refuses a misspelt key of caveat.toml" project "$repository/caveat.toml" 's/^id-prefix/id-prefx/' "('id-prefx' was unexpected)"
