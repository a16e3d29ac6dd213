#!/usr/bin/env bash
# Owns: the first ceremony: who may sign for a feed from now on, and the first root, which says so to machines.
# Usage: init.sh [OPTION].. PERSON=FILE.pub..
#   PERSON=FILE.pub    a person, and the public half of the key that they made on a machine of their own
#   --private FOLDER   where the keys of machines are made, outside every repository
#   --root-key FILE    the private key of a person, where it is here; --agent asks ssh-agent
#   --site DIR         publishes there and looks at it, as in a drill: CAVEAT_KEY_FILE and CAVEAT_KEY_FRESHNESS_FILE
#                      name the keys of machines, in --private, before they are made
#   --yes              asks nothing
# Run it in the advisory repository. Status 3: the root needs signatures of people elsewhere.
set -euo pipefail
# shellcheck source=docs/ceremonies/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

# Nobody makes a key for somebody else: only the public half travels.
people() {
  local one
  for one in "${rest[@]}"; do
    [[ $one == *=* && -f ${one#*=} ]] || stop "${one#*=} is not there. ${one%%=*} says, on a machine of their own:
  ssh-keygen -t ed25519 -C root-${one%%=*} -f root-${one%%=*}
and sends root-${one%%=*}.pub, and reads its fingerprint out to you on another way."
    run ssh-keygen -l -f "${one#*=}"
  done
  ask "Did each of them read this fingerprint out to you?"
}

# Two of three is the least that one lost key and one stolen key leave standing.
threshold() {
  local needed=2
  if ((${#rest[@]} < 3)); then
    needed=${#rest[@]}
    echo "With ${#rest[@]} of them, one lost key ends the feed: three, of whom two sign, are better."
  fi
  echo "Of ${#rest[@]} people, $needed sign: keys/keyring.toml says so, and can say otherwise."
  ! sed -n '/^\[role\.root\]$/,/^\[/p' keys/keyring.toml | grep -q '^threshold' || return 0
  sed -i "/^\[role\.root\]$/a threshold = $needed" keys/keyring.toml
}

# Pipelines forget what they signed, unless it is pushed; where there is no remote, this clone remembers.
remember() {
  if ! git remote | grep -qx origin || grep -q '^\[state\]$' keys/keyring.toml; then return 0; fi
  echo "What was signed is pushed to the branch publish-state of origin."
  printf '\n[state]\nremote = "origin"\n' >>keys/keyring.toml
}

main() {
  local one year role
  options "$@"
  begin
  year=$(date -u +%Y)
  [[ -n $again || ! -e keys/root/1.root.json ]] || stop "this feed has a first root: rotate.sh changes what it says"
  ((${#rest[@]})) || stop "nobody is named (--help says how)"
  somewhere
  say "People"
  people
  say "Keyring: who may sign what"
  mark
  for one in "${rest[@]}"; do
    has root "root-${one%%=*}" || run caveat keys generate "root-${one%%=*}" --role root --public "${one#*=}"
  done
  threshold
  remember
  # Nobody brings the key of a machine.
  public=
  for role in publish freshness; do
    has "$role" "$role-$year" && continue
    halves "$role-$year"
    run caveat keys generate "$role-$year" --role "$role" "${half[@]}"
  done
  sign_root "keys: begin a keyring, and sign the first root"
  publish
  look
  finish
  say "Tell readers, in the README, in release notes and on the lists: the SHA-256 of the first root"
  run sha256sum keys/root/1.root.json
}

main "$@"
