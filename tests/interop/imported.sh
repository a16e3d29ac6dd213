# Owns: 1,000 real advisories of others, imported and built, and every program that judges them.
# Sourced by run.sh, whose variables it uses. Where there are no corpora, it says so and asks nobody.
# shellcheck shell=bash disable=SC2154

corpora=$root/../shared/corpora

# Who judges, each a function `judge_NAME SITE REPOSITORY` that tells verdicts. To add one: write it, and name it here.
imported_judges=(schema contract archives linter scanners loaded csaf cve openvex rustsec)

judge_schema() { schema 1.9.0 "$1" && schema 1.7.5 "$1"; }
# Titles are as their authors wrote them, also the two that are longer than OSV likes.
judge_contract() { "$python" "$here/contract.py" "$1" "$(feed_url "$2")" 'short summaries'; }
judge_archives() { "$python" "$here/archives.py" "$1"; }
judge_linter() { linter "$1"; }
judge_scanners() { "$python" "$here/imported.py" "$1" "$work/imported-scan" "${scanners[@]}"; }
judge_loaded() { "$python" "$here/loaded.py" "$1" "$work/imported-load" "$work/venv/bin/foxguard" "$work/npm"; }

# form NAME SITE TOOL
form() { "$python" "$here/imported_forms.py" "$1" "$2" "$work/imported-forms" "$3"; }
judge_csaf() { form csaf "$1" "$work/npm"; }
judge_cve() { form cve "$1" "$work/venv/bin/check-jsonschema"; }
judge_openvex() { form openvex "$1" "$here/schema/openvex-0.2.0.json"; }
judge_rustsec() { form rustsec "$1" "$work/bin/cargo-audit-$cargo_audit_version"; }

# The corpora are records of OSV and RustSec; with these tables they come out in every form.
every_form() {
  cat >>"$1/caveat.toml" <<'TOML' && git -C "$1" -c user.name=interop -c user.email=interop@example.org commit --quiet --all --message "Publish every form"

[csaf]
category = "other"

[cve]
assigner-org-id = "c0ffee00-1234-4abc-8def-0123456789ab"
assigner-short-name = "sample"

[vex]
author = "Sample"
role = "Other"
TOML
}

imported() {
  local sample=$work/imported site=$work/imported-site judge
  if [[ ! -d $corpora ]]; then
    verdict pass interop - "1,000 imported advisories: the corpora are not there"
    return
  fi
  rm -rf "$site"
  "$root/tests/corpora/sample.sh" "$CAVEAT" "$sample" 1000 "$corpora" >&2 || return
  every_form "$sample" || return
  "$CAVEAT" -C "$sample" build --out "$site" --key "$work/key.pem" >&2 || return
  for judge in "${imported_judges[@]}"; do
    "judge_$judge" "$site" "$sample" | awk -F '\t' -v OFS='\t' '{ $4 = "imported: " $4 } 1' || return
  done
}
