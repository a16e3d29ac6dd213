#!/usr/bin/env bash
# Owns: the second ceremony: a new key in the place of an old one, as each year.
# Usage: rotate.sh [OPTION].. ROLE NEW [OLD]
#   ROLE               root, publish, freshness, ssh-ca or openpgp; OLD where it has several keys
#   --public FILE.pub  the public half of NEW, made elsewhere; without it a key is made in --private FOLDER
#   --root-key FILE    the private key of a person, where it is here; --agent asks ssh-agent
#   --site DIR         publishes there with the keys that CAVEAT_KEY_FILE and CAVEAT_KEY_FRESHNESS_FILE name, and looks at it
#   --state FILE       what an old reader remembers
#   --yes              asks nothing
# Run it in the advisory repository. Status 3: the root needs signatures of people elsewhere.
set -euo pipefail
# shellcheck source=docs/ceremonies/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

main() {
  local role new old=()
  options "$@"
  begin
  ((${#rest[@]} == 2 || ${#rest[@]} == 3)) || stop "which role, and what is the new key called? (--help says how)"
  role=${rest[0]} new=${rest[1]}
  ((${#rest[@]} == 2)) || old=(--old "${rest[2]}")
  say "Keyring: $new comes into the role $role"
  mark
  if ! has "$role" "$new"; then
    halves "$new"
    run caveat keys rotate "$role" "$new" "${old[@]}" "${half[@]}"
  fi
  sign_root "keys: $new comes into the role $role"
  publish
  look
  finish
}

main "$@"
