#!/usr/bin/env bash
# Owns: the order of the interoperability checks, the builds they look at, and the table at the end.
# Usage: run.sh [CHECK..]    with CAVEAT=/path/to/binary to test that one instead of building it
# Everything it writes lies in target/interop. The last line is `N passed, N failed`; status 1 when one failed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
repository=${INTEROP_REPOSITORY:-$root}
export INTEROP_DIR=${INTEROP_DIR:-$root/target/interop}
work=$INTEROP_DIR
logs=$work/logs
results=$work/results.tsv
python=$work/venv/bin/python
large_feed=https://large.example.org
# Where cargo puts programs, which not every shell has in its path.
export PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
# shellcheck source=tests/interop/versions.env
source "$here/versions.env"
# shellcheck source=tests/interop/verdicts.sh
source "$here/verdicts.sh"
# shellcheck source=tests/interop/imported.sh
source "$here/imported.sh"

# Bytes, messages and order must not depend on who runs this.
export LC_ALL=C.UTF-8 TZ=UTC PYTHONDONTWRITEBYTECODE=1 GIT_CONFIG_NOSYSTEM=1
unset CAVEAT_KEY CAVEAT_KEY_FILE

# The longest first: two run at a time.
checks=(browser imported agreement hostile notes openpgp csaf vex cve rustsec govulncheck html signatures printed scanner serve preview vdb foxguard cve-lite osv-offline osv-detector osv-linter download
  schema schema-registered contract archives feed discover links linkinator budget lynx determinism findings taplo age policy mail smtp tuf drill workflows)

# The same throw-away key every time, from a known text: not a secret, and worth nothing.
write_key() {
  (umask 077 && python3 - "$work/key.pem") <<'PYTHON'
import base64, hashlib, sys
der = bytes.fromhex("302e020100300506032b657004220420") + hashlib.sha256(b"caveat interop, not a secret").digest()
label = "PRIVATE KEY"
with open(sys.argv[1], "w") as file:
    file.write(f"-----BEGIN {label}-----\n{base64.b64encode(der).decode()}\n-----END {label}-----\n")
PYTHON
}

# The feed's address, and the name it signs under: host and path of the address.
read_feed() {
  feed=$(feed_url "$1")
  principal=${feed#*://}
}

feed_url() { python3 -c 'import sys, tomllib; print(tomllib.load(open(sys.argv[1], "rb"))["feed"]["url"].rstrip("/"))' "$1/caveat.toml"; }

# Without CAVEAT: the release build, which is up to date already when `make interop` called this.
build_caveat() {
  if [[ -z ${CAVEAT:-} ]]; then
    cargo build --locked --release --quiet --manifest-path "$root/Cargo.toml" --package caveat || return
    CAVEAT=${CARGO_TARGET_DIR:-$root/target}/release/caveat
  fi
  CAVEAT=$(realpath -e "$CAVEAT")
}

# The commit is what is built, from a clone: what lies uncommitted in the work tree has no part in it.
build_sites() {
  rm -rf "$work/clone" "$work/site" "$work/registered" "$work/site-registered" "$work/site-large" "$work/fixture"
  git clone --quiet "$repository" "$work/clone" &&
    "$CAVEAT" -C "$work/clone" build --out "$work/site" --key "$work/key.pem" &&
    "$here/registered.sh" "$work/clone" "$work/registered" "$work/site/keys/feed.pub" &&
    "$CAVEAT" -C "$work/registered" build --out "$work/site-registered" --key "$work/key.pem" &&
    python3 "$here/large_feed.py" "$work/large" "$work/clone/site-templates" &&
    "$CAVEAT" -C "$work/large" build --out "$work/site-large" --key "$work/key.pem" &&
    "$python" "$here/fixture.py" "$CAVEAT" "$work/fixture" &&
    read_feed "$work/clone"
}

schema() { "$python" "$here/schema.py" "$work/venv/bin/check-jsonschema" "$here/schema/osv-$1.json" "$1" "$2"; }

linter() { "$python" "$here/linter.py" "$work/bin/osv-linter-$osv_linter_version" "$osv_linter_version" "$here/schema/osv-1.9.0.json" "$1"; }

# contract SITE FEED
contract() { "$python" "$here/contract.py" "$1" "$2"; }

discover() { "$python" "$here/discover.py" "$work/npm" "$work/venv/bin/check-jsonschema" "$here/schema/jsonfeed-1.1.json" "$1" "$2"; }

# The validator is a program for each platform; npm brings the one that fits.
multitool() { echo "$work"/npm/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool; }

check() {
  local version scanners=()
  for version in "${osv_scanner_versions[@]}"; do scanners+=("$version=$work/bin/osv-scanner-$version"); done
  case $1 in
    signatures) "$here/signatures.sh" "$work/site" "$work/key.pem" "$principal" "$CAVEAT" && "$here/layers.sh" "$work/clone" "$work/layers" "$principal" "$CAVEAT" "$python" ;;
    printed) "$python" "$here/printed.py" "$work/site" "$CAVEAT" ;;
    scanner) "$python" "$here/scanner.py" "$CAVEAT" "$work/clone" "$work/site" "$work/fixture" "$work/scan" "${scanners[@]}" ;;
    serve) "$python" "$here/serve.py" "$CAVEAT" "$work/clone" "$work/site" "$work/serve" "$work/venv/bin/pip-audit" "$work/venv/bin/pysentry-rs" "${scanners[@]}" ;;
    preview) node "$here/preview.mjs" "$CAVEAT" "$work/clone" "$work/npm" "$work/preview" ;;
    schema) schema 1.9.0 "$work/site" ;;
    schema-registered) schema 1.7.5 "$work/site-registered" ;;
    contract) "$python" "$here/torture.py" && contract "$work/site" "$feed" && contract "$work/site-large" "$large_feed" && contract "$work/fixture/site" "$(feed_url "$work/fixture/repository")" ;;
    archives) "$python" "$here/archives.py" "$work/site" && "$python" "$here/archives.py" "$work/fixture/site" && "$python" "$here/archives.py" "$work/site-registered" ;;
    imported) imported ;;
    foxguard) "$python" "$here/foxguard.py" "$CAVEAT" "$work/venv/bin/foxguard" "$work/fixture" "$work/foxguard" ;;
    cve-lite) "$python" "$here/cvelite.py" "$CAVEAT" "$work/npm" "$work/fixture" "$work/cve-lite" ;;
    osv-offline) "$python" "$here/renovate.py" "$CAVEAT" "$work/npm" "$work/fixture" "$work/osv-offline" ;;
    osv-detector) "$python" "$here/detector.py" "$CAVEAT" "$work/fixture" "$work/osv-detector" ;;
    vdb) "$python" "$here/vdb_search.py" "$CAVEAT" "$work/fixture" "$work/vdb" ;;
    osv-linter) linter "$work/site" && linter "$work/fixture/site" ;;
    download) "$python" "$here/download.py" "$work/fixture" "$work/download" "${scanners[@]}" ;;
    feed) "$python" "$here/feed.py" "$work/site" "$feed" ;;
    discover) discover "$work/site" "$feed" && discover "$work/site-large" "$large_feed" ;;
    linkinator) node "$here/linkinator.mjs" "$work/site" "$work/npm" ;;
    links) "$python" "$here/links.py" "$work/site" "$feed" && "$python" "$here/links.py" "$work/site-large" "$large_feed" ;;
    html) "$here/html.sh" "$work/npm" "$work/site" "$work/site-registered" "$work/site-large/bulletins" "$work/site-large/packages/by" "$work/site-large/thanks" ;;
    budget) node "$here/budget.mjs" "$work/site" "$work/site-large" ;;
    lynx) node "$here/lynx.mjs" "$work/site" "$work/site-large" ;;
    browser) node "$here/browser.mjs" "$work/site" "$feed" "$work/npm" "$work/shots" "$work/clone/site-templates" "$work/site-large" "$large_feed" ;;
    determinism) "$here/determinism.sh" "$work/clone" "$work/site" "$work/key.pem" "$CAVEAT" ;;
    findings) "$python" "$here/findings.py" "$CAVEAT" "$work/clone" "$work/site" "$feed" "$work/findings" "$(multitool)" ;;
    taplo) "$here/taplo.sh" "$work/clone" "$work/npm" "$CAVEAT" ;;
    age) "$here/age.sh" "$work/clone" "$CAVEAT" "$work/key.pem" ;;
    policy) "$python" "$here/policy.py" "$CAVEAT" "$work/site" "$root/tests/policies" ;;
    notes) "$python" "$here/notes.py" "$CAVEAT" "$work/clone" "$work/site" "$work/notes" "$work/npm/node_modules" ;;
    mail) mkdir -p "$work/mail" && "$python" "$here/mail.py" "$CAVEAT" "$work/site" "$work/npm" "$work/mail" ;;
    smtp) mkdir -p "$work/smtp" && "$python" "$here/smtp.py" "$CAVEAT" "$work/smtp" ;;
    csaf) "$python" "$here/csaf.py" "$CAVEAT" "$work/site" "$work/npm" "$work/bin/csaf_checker-$gocsaf_version" "$work/csaf" ;;
    openpgp) openpgp ;;
    cve) "$python" "$here/cve.py" "$CAVEAT" "$work/clone" "$work/venv/bin" "$work/cve" ;;
    rustsec) "$python" "$here/rustsec.py" "$CAVEAT" "$work/clone" "$work/site" "$work/bin/cargo-audit-$cargo_audit_version" "$(command -v cargo-deny)" "$work/rustsec" ;;
    govulncheck) "$python" "$here/govulncheck.py" "$CAVEAT" "$work/bin/govulncheck-$govulncheck_version" "$work/govulncheck" ;;
    vex) "$python" "$here/vex.py" "$CAVEAT" "$work/clone" "$work/site" "$here/schema/openvex-0.2.0.json" "$work/bin/go-vex-$govex_version" "$work/vex" ;;
    agreement) mkdir -p "$work/agreement" && "$python" "$here/agreement.py" "$CAVEAT" "$work/clone" "$work/site" "$work/agreement" ;;
    tuf) tuf ;;
    drill) "$python" "$here/drill.py" "$CAVEAT" "$work/npm" "$work/bin/tuf-client-$go_tuf_version" "$work/bin/tough-client-$tough_version" "$work/drill" ;;
    workflows) "$python" "$here/workflows.py" "$CAVEAT" "$work/venv/bin" "$work/bin/actionlint-$actionlint_version" "$work/workflows" ;;
    hostile) mkdir -p "$work/hostile" && "$python" "$here/hostile_strings.py" "$CAVEAT" "$work/hostile" "$work/npm" ;;
    *) printf 'no such check: %s\n' "$1" >&2 && return 2 ;;
  esac
}

# Trees for clients of TUF are written by an example of the crate: its keys are numbers, so the program does not know how.
tuf() {
  local tree=${TUF_TREE:-}
  if [[ -z $tree ]]; then
    cargo build --locked --release --quiet --manifest-path "$root/Cargo.toml" --package caveat-tuf --example tree || return
    tree=${CARGO_TARGET_DIR:-$root/target}/release/examples/tree
  fi
  "$python" "$here/tuf_clients.py" "$tree" "$work/npm" "$work/bin/tuf-client-$go_tuf_version" "$work/bin/tough-client-$tough_version" "$work/tuf" "$CAVEAT" "$work/clone"
}

# Our reader is a library: an example of the crate asks it, and signs with keys that are numbers.
openpgp() {
  local files=${OPENPGP_FILES:-}
  if [[ -z $files ]]; then
    cargo build --locked --release --quiet --manifest-path "$root/Cargo.toml" --package caveat-openpgp --example files || return
    files=${CARGO_TARGET_DIR:-$root/target}/release/examples/files
  fi
  "$python" "$here/openpgp.py" "$CAVEAT" "$files" "$work/bin/csaf_checker-$gocsaf_version" "$work/openpgp"
}

# A check tells verdicts on stdout. One that ends badly, or tells none, has failed too.
run_check() {
  local name=$1 start=$SECONDS status=0 told
  check "$name" >"$work/told/$name" 2>"$logs/$name.log" || status=$?
  told=$(wc -l <"$work/told/$name")
  if ((status != 0 || told == 0)); then
    verdict fail interop - "the check '$name' runs to its end" "status $status, see $logs/$name.log" >>"$work/told/$name"
  fi
  printf 'interop: %s: %s verdicts in %s s\n' "$name" "$told" "$((SECONDS - start))" >&2
}

# Two checks at a time, since most wait for one program; the table keeps their order. What leaves no verdicts has failed.
run_checks() {
  local name running=0
  rm -rf "$work/told"
  mkdir -p "$work/told"
  for name in "$@"; do
    if ((running == 2)); then
      wait -n || true
      running=1
    fi
    run_check "$name" &
    running=$((running + 1))
  done
  wait
  for name in "$@"; do
    cat "$work/told/$name" >>"$results" ||
      verdict fail interop - "the check '$name' runs to its end" "it told nothing" >>"$results"
  done
}

table() {
  awk -F '\t' '
    { for (i = 1; i <= 5; i++) cell[NR, i] = $i
      for (i = 2; i <= 4; i++) if (length($i) > wide[i]) wide[i] = length($i)
      if ($1 == "pass") passed++; else failed++ }
    END {
      line = "%-" wide[2] "s  %-" wide[3] "s  %-" wide[4] "s  %s\n"
      printf line, "client", "version", "asked", "verdict"
      for (n = 1; n <= NR; n++)
        printf line, cell[n, 2], cell[n, 3], cell[n, 4], cell[n, 1] (cell[n, 5] == "" ? "" : ": " cell[n, 5])
      printf "\n%d passed, %d failed\n", passed, failed
      exit failed > 0 || passed == 0
    }' "$results"
}

# What each scanner says of a vulnerable and of a fixed project. Of a run of all checks no scanner may be missing.
scanners_table() {
  [[ -s $work/scanned.tsv ]] || return 0
  sort -k2,4 "$work/scanned.tsv" | awk -F '\t' '
    BEGIN { n = 1; split("scanner\tversion\tvulnerable\tfixed\tverdict", head); for (i in head) cell[1, i] = head[i] }
    { n++; for (i = 2; i <= 5; i++) cell[n, i - 1] = $i; cell[n, 5] = $1 }
    END {
      for (r = 1; r <= n; r++) for (i = 1; i <= 4; i++) if (length(cell[r, i]) > wide[i]) wide[i] = length(cell[r, i])
      line = "%-" wide[1] "s  %-" wide[2] "s  %-" wide[3] "s  %-" wide[4] "s  %s\n"
      for (r = 1; r <= n; r++) printf line, cell[r, 1], cell[r, 2], cell[r, 3], cell[r, 4], cell[r, 5]
      print "" }'
}

# missing_scanners: a failure for each that told nothing.
missing_scanners() {
  local client
  for client in "${scanner_clients[@]}"; do
    cut -f2 "$work/scanned.tsv" | grep -qxF "$client" ||
      verdict fail "$client" - "it is asked about a vulnerable and a fixed project" "it told nothing" >>"$results"
  done
}

# step NAME COMMAND..: what the checks stand on; when it fails there is nothing to check.
# The shell does not stop at errors inside a condition, so the functions called here say `|| return` or `&&`.
step() {
  local name=$1 start=$SECONDS
  shift
  if ! "$@"; then
    verdict fail interop - "$name" "see above" >>"$results"
    table
    exit 1
  fi
  printf 'interop: %s in %s s\n' "$name" "$((SECONDS - start))" >&2
}

main() {
  mkdir -p "$logs"
  : >"$results"
  : >"$work/scanned.tsv"
  step "tools are there" "$here/install.sh"
  step "a throw-away key" write_key
  step "caveat is built" build_caveat
  step "four sites are built" build_sites
  run_checks "${@:-${checks[@]}}"
  (($#)) || missing_scanners
  scanners_table
  table
}

main "$@"
