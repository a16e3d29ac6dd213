# Owns: 1,000 real advisories of others, imported and built, and every program that judges them.
# Sourced by run.sh, whose variables it uses. Where there are no corpora, it says so and asks nobody.
# shellcheck shell=bash disable=SC2154

corpora=$root/../shared/corpora

# Who judges, each a function `judge_NAME SITE REPOSITORY` that tells verdicts. To add one: write it, and name it here.
imported_judges=(schema contract archives linter scanners loaded)

judge_schema() { schema 1.9.0 "$1" && schema 1.7.5 "$1"; }
# Titles are as their authors wrote them, also the two that are longer than OSV likes.
judge_contract() { "$python" "$here/contract.py" "$1" "$(feed_url "$2")" 'short summaries'; }
judge_archives() { "$python" "$here/archives.py" "$1"; }
judge_linter() { linter "$1"; }
judge_scanners() { "$python" "$here/imported.py" "$1" "$work/imported-scan" "${scanners[@]}"; }
judge_loaded() { "$python" "$here/loaded.py" "$1" "$work/imported-load" "$work/venv/bin/foxguard" "$work/npm"; }

imported() {
  local sample=$work/imported site=$work/imported-site judge
  if [[ ! -d $corpora ]]; then
    verdict pass interop - "1,000 imported advisories: the corpora are not there"
    return
  fi
  rm -rf "$site"
  "$root/tests/corpora/sample.sh" "$CAVEAT" "$sample" 1000 "$corpora" >&2 || return
  "$CAVEAT" -C "$sample" build --out "$site" --key "$work/key.pem" >&2 || return
  for judge in "${imported_judges[@]}"; do
    "judge_$judge" "$site" "$sample" | awk -F '\t' -v OFS='\t' '{ $4 = "imported: " $4 } 1' || return
  done
}
