#!/usr/bin/env bash
# Owns: getting the tools that tests/interop/run.sh asks, by package name, into target/interop.
# Safe to run again: what is there in the right version is left alone. It never writes outside target/interop,
# except that root on Debian gets missing commands as packages.
# Ends with status 1 when a tool cannot be had, after naming every such tool.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${INTEROP_DIR:-$root/target/interop}
logs=$work/logs
# Where cargo puts programs, which not every shell has in its path.
export PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
# shellcheck source=tests/interop/versions.env
source "$here/versions.env"

missing=()

cannot() { missing+=("$1"); printf 'interop: cannot have %s\n' "$1" >&2; }

# timed NAME COMMAND..: runs it with its output in logs/install-NAME.log and says how long it took.
# The shell does not stop at errors inside a condition, so each step of such a command says `|| return` itself.
timed() {
  local name=$1 start=$SECONDS
  shift
  if "$@" >"$logs/install-$name.log" 2>&1; then
    printf 'interop: %s installed in %s s\n' "$name" "$((SECONDS - start))" >&2
  else
    cannot "$name (see $logs/install-$name.log)"
  fi
}

debian_packages() {
  local pairs=(ssh-keygen:openssh-client minisign:minisign sha256sum:coreutils unzip:unzip xmllint:libxml2-utils
    openssl:openssl git:git java:default-jre-headless node:nodejs npm:npm chromium:chromium python3:python3
    age:age dpkg-parsechangelog:dpkg-dev rpmspec:rpm msmtp:msmtp lynx:lynx pdftotext:poppler-utils make:make g++:g++ shellcheck:shellcheck
    gpg:gnupg gpgv:gpgv sqv:sqv sq:sq)
  local wanted=() pair
  for pair in "${pairs[@]}"; do
    command -v "${pair%%:*}" >/dev/null || wanted+=("${pair##*:}")
  done
  # A command of git, and a package of its own.
  [[ -x $(git --exec-path 2>/dev/null)/git-send-email ]] || wanted+=(git-email libmailtools-perl libauthen-sasl-perl)
  ((${#wanted[@]})) || return 0
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    cannot "Debian packages ${wanted[*]} (not root, or no apt-get)"
    return 0
  fi
  timed debian apt_install "${wanted[@]}"
}

# One more try after a fresh list: an image's list of packages may be old or absent.
apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q || return
  apt-get install -q -y --no-install-recommends "$@"
}

scanners() {
  local version
  for version in "${osv_scanner_versions[@]}"; do
    go_program "osv-scanner-$version" "github.com/google/osv-scanner/v2/cmd/osv-scanner@v$version"
  done
  [[ -x $work/bin/osv-linter-$osv_linter_version ]] || timed osv-linter go_linter
  go_program "csaf_checker-$gocsaf_version" "github.com/gocsaf/csaf/v3/cmd/csaf_checker@v$gocsaf_version"
  go_program "govulncheck-$govulncheck_version" "golang.org/x/vuln/cmd/govulncheck@v$govulncheck_version"
  go_program "actionlint-$actionlint_version" "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint_version"
  govex
}

# cargo-deny is there when the Makefile's own check has run; in whichever version, since that is what its users have.
cargo_programs() {
  local audit=$work/bin/cargo-audit-$cargo_audit_version
  [[ -x $audit ]] || timed cargo-audit cargo_install cargo-audit "$cargo_audit_version" "$audit"
  command -v cargo-deny >/dev/null || timed cargo-deny cargo install --locked cargo-deny
}

# cargo_install NAME VERSION TARGET: without optimisation and without what reads binaries; nobody waits for it long.
cargo_install() {
  local folder
  folder=$(mktemp -d "$work/cargo.XXXXXX") || return
  CARGO_TARGET_DIR=$folder/target CARGO_PROFILE_DEV_DEBUG=0 cargo install --locked --debug --no-default-features \
    --root "$folder" --version "$2" "$1" && mv "$folder/bin/$1" "$3" || return
  rm -rf "$folder"
}

# A library has no program of its own: a small one asks it.
govex() {
  local binary=$work/bin/go-vex-$govex_version
  [[ -x $binary && $binary -nt $here/govex/main.go ]] && return 0
  if ! command -v go >/dev/null; then
    cannot "go-vex (no go command)"
    return 0
  fi
  timed "go-vex-$govex_version" env CGO_ENABLED=0 go build -C "$here/govex" -trimpath -o "$binary" .
}

# go_program NAME MODULE: into bin/NAME, unless it is there.
go_program() {
  [[ -x $work/bin/$1 ]] && return 0
  if ! command -v go >/dev/null; then
    cannot "$1 (no go command)"
    return 0
  fi
  timed "$1" go_install "$2" "$work/bin/$1"
}

# go-tuf has no program that looks at a tree: ours is a page long, and names the version it is built with in go.mod.
tuf_client() {
  local name=tuf-client-$go_tuf_version
  [[ -x $work/bin/$name ]] && return 0
  if ! grep -qF "go-tuf/v2 v$go_tuf_version" "$here/tuf_clients/go.mod" || ! command -v go >/dev/null; then
    cannot "$name (no go command, or another version in go.mod)"
    return 0
  fi
  timed "$name" env CGO_ENABLED=0 go build -C "$here/tuf_clients" -o "$work/bin/$name" .
}

# The same in Rust. Most of it is the C of a library of ciphers: two minutes of one core.
tough_client() {
  local name=tough-client-$tough_version
  [[ -x $work/bin/$name && $work/bin/$name -nt $here/tough_client/src/main.rs ]] && return 0
  if ! grep -qF "\"=$tough_version\"" "$here/tough_client/Cargo.toml"; then
    cannot "$name (another version in Cargo.toml)"
    return 0
  fi
  timed "$name" cargo_build "$here/tough_client" tough-client "$work/bin/$name"
}

# cargo_build FOLDER NAME TARGET: a program of a project of ours that is none of the workspace.
cargo_build() {
  local folder
  folder=$(mktemp -d "$work/cargo.XXXXXX") || return
  CARGO_TARGET_DIR=$folder cargo build --locked --manifest-path "$1/Cargo.toml" && mv "$folder/debug/$2" "$3" || return
  rm -rf "$folder"
}

# `go install` names the binary itself, so each one is built in its own folder and moved.
go_install() {
  local folder
  folder=$(mktemp -d "$work/go.XXXXXX") || return
  GOBIN=$folder go install "$1" && mv "$folder"/* "$2" || return
  rmdir "$folder"
}

# Its go.mod says another name than the path that the module is found by, which `go install` refuses.
go_linter() {
  local folder name=github.com/ossf/osv-schema
  folder=$(mktemp -d "$work/go.XXXXXX") || return
  (
    cd "$folder" || return
    go mod init interop && go mod edit -require "$name/linter@v0.0.0" \
      -replace "$name/linter=$name/tools/osv-linter@$osv_linter_version" &&
      go build -mod=mod -o "$work/bin/osv-linter-$osv_linter_version" "$name/linter/cmd/osv"
  ) || return
  rm -r "$folder"
}

# A stamp file holds the list that was installed; another list means a new environment.
python_environment() {
  local stamp=$work/venv/installed
  [[ -f $stamp && $(<"$stamp") == "${python_packages[*]}" ]] && return 0
  timed python make_venv
}

make_venv() {
  rm -rf "$work/venv"
  python3 -m venv "$work/venv" || return
  "$work/venv/bin/pip" install --quiet "${python_packages[@]}" || return
  printf '%s\n' "${python_packages[*]}" >"$work/venv/installed"
}

npm_environment() {
  local stamp=$work/npm/installed
  [[ -f $stamp && $(<"$stamp") == "${npm_packages[*]}" ]] && return 0
  timed npm make_npm
}

# No install scripts: these packages need none, and some try to download a browser.
make_npm() {
  rm -rf "$work/npm"
  mkdir -p "$work/npm"
  printf '{"private":true}\n' >"$work/npm/package.json"
  npm install --prefix "$work/npm" --ignore-scripts --no-audit --no-fund --no-package-lock "${npm_packages[@]}" || return
  # cve-lite keeps records in SQLite, whose module is compiled where it cannot be fetched: 20 seconds without optimisation.
  npm_config_nodedir=$(node_headers) CFLAGS=-O0 CXXFLAGS=-O0 npm rebuild --prefix "$work/npm" better-sqlite3 || return
  # Its install script would do no more than this.
  chmod +x "$work"/npm/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool || return
  printf '%s\n' "${npm_packages[*]}" >"$work/npm/installed"
}

# Where Node's headers are; without an answer they are fetched.
node_headers() {
  local prefix
  prefix=$(node -p 'require("node:path").resolve(process.execPath, "../..")')
  [[ ! -f $prefix/include/node/node.h ]] || printf '%s\n' "$prefix"
}

main() {
  mkdir -p "$work/bin" "$logs"
  debian_packages
  python_environment
  npm_environment
  scanners
  cargo_programs
  tuf_client
  tough_client
  if ((${#missing[@]})); then
    printf 'interop: %s of the tools cannot be had\n' "${#missing[@]}" >&2
    return 1
  fi
}

main "$@"
