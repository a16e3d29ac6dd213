#!/usr/bin/env bash
# Owns: the Nu HTML checker over every page and the style sheet; its messages go to the log.
# Usage: html.sh VNU_JAR SITE..    (the style sheet of the first)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/interop/verdicts.sh
source "$here/verdicts.sh"

jar=$1
shift
sites=("$@")
version=$(java -jar "$jar" --version 2>/dev/null)

# check QUESTION OPTION..: the checker ends with 1 on errors; warnings and notes count only in the log.
check() {
  local question=$1 report
  shift
  report=$(java -Xss4m -jar "$jar" --format gnu --exit-zero-always "$@" 2>&1)
  printf '%s\n' "$report" >&2
  if grep -q ': error' <<<"$report"; then
    verdict fail vnu "$version" "$question" "$(grep -c ': error' <<<"$report") errors: $(grep -m 1 ': error' <<<"$report" | tr '\t' ' ')"
  else
    verdict pass vnu "$version" "$question"
  fi
}

mapfile -t pages < <(find "${sites[@]}" -name '*.html' | LC_ALL=C sort)
check "${#pages[@]} pages are valid HTML" "${pages[@]}"
check "style.css is valid CSS" --css "${sites[0]}/style.css"
