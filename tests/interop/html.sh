#!/usr/bin/env bash
# Owns: the Nu HTML checker and html-validate over every page, and the style sheet; their messages go to the log.
# Usage: html.sh NODE_FOLDER SITE..    (the style sheet of the first)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/interop/verdicts.sh
source "$here/verdicts.sh"

modules=$1/node_modules
jar=$modules/vnu-jar/build/dist/vnu.jar
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

# Both judge alone what the other has no rule for: ids of ARIA, names of what can be pressed, order of headings.
number=$(node "$modules/.bin/html-validate" --version | grep -o '[0-9.]*$')
if report=$(node "$modules/.bin/html-validate" --config "$here/htmlvalidate.mjs" --formatter text --max-warnings 0 "${sites[@]}" 2>&1); then
  verdict pass html-validate "$number" "${#pages[@]} pages break no rule"
else
  printf '%s\n' "$report" >&2
  verdict fail html-validate "$number" "${#pages[@]} pages break no rule" "$(grep -c ': error' <<<"$report") errors: $(grep -m 1 ': error' <<<"$report" | tr '\t' ' ')"
fi
