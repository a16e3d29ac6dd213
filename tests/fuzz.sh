#!/usr/bin/env bash
# Owns: every target of fuzz/ for some seconds on all cores; how often each ran, and in hex what broke it.
# Must never need a nightly compiler: RUSTC_BOOTSTRAP lets the stable one take cargo-fuzz's flags.
set -euo pipefail
cd "$(dirname "$0")/../fuzz"
seconds=${1:-60}
export RUSTC_BOOTSTRAP=1
# No unsafe code is ours, so no sanitizer: panics, endless loops and too much memory are what is looked for.
cargo fuzz build --sanitizer none
broken=0
for target in $(cargo fuzz list); do
  seeds=seeds/$target
  [ "$target" != advisory ] || seeds=../advisories/2026
  mkdir -p "corpus/$target" "artifacts/$target"
  log=$(mktemp)
  run() {
    cargo fuzz run --sanitizer none "$target" "corpus/$target" "$seeds" -- -timeout=10 -rss_limit_mb=2048 "$@" 2>>"$log"
  }
  # With -fork, known inputs that break a target are passed over: they come first, by themselves.
  if ! run -runs=0 || ! run -fork="$(nproc)" -max_total_time="$seconds"; then
    broken=1
    grep -m 3 -A 2 'panicked at\|ERROR: libFuzzer' "$log" || tail -5 "$log"
    for input in "artifacts/$target"/*; do
      [ -f "$input" ] && printf '%s: %s: ' "$target" "$input" && od -An -v -tx1 "$input" | tr -d ' \n' && echo
    done
  fi
  printf '%-9s %s executions\n' "$target" "$(grep -o '^#[0-9]*' "$log" | tail -1 | tr -d '#' || true)"
  rm -f "$log"
done
exit $broken
