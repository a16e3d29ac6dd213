#!/usr/bin/env bash
# Owns: the fourth ceremony: people lost their root keys.
# Usage: loss.sh [OPTION].. LOST=NEW=FILE.pub..
#   LOST=NEW=FILE.pub  the key that is lost, what the new one is called, and its public half
#   --root-key FILE    the private key of a person who has theirs, where it is here; --agent asks ssh-agent
#   --site DIR         publishes there with the keys that CAVEAT_KEY_FILE and CAVEAT_KEY_FRESHNESS_FILE name, and looks at it
#   --state FILE       what an old reader remembers
#   --yes              asks nothing
# Run it in the advisory repository. The key of a machine is no loss: rotate.sh.
# Status 1: too many are lost, and it says what is left to do. Status 3: the root needs signatures of people elsewhere.
set -euo pipefail
# shellcheck source=docs/ceremonies/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

# Each of them once, and a root key: a slip of the pen must not look like the end of the feed.
named() {
  local one lost new file seen=" "
  for one in "${rest[@]}"; do
    IFS='=' read -r lost new file <<<"$one"
    [[ -n $new && -f $file ]] || stop "$one: it is LOST=NEW=FILE.pub, and the file is there (--help says how)"
    holds root "$lost" || has root "$new" >/dev/null || stop "$lost is no root key of keys/keyring.toml; a key of a machine is changed by rotate.sh"
    [[ $seen != *" $lost "* ]] || stop "$lost is named twice"
    seen+="$lost "
  done
}

# How many keys the newest root has (`count`), and how many of them must sign the next (`needed`).
asked() {
  local newest
  newest=$(find keys/root -name '*.root.json' | sort -V | tail -n 1)
  [[ -n $newest ]] || stop "no root is signed: change keys/keyring.toml, and begin again with init.sh"
  local role='"root":\{"keyids":\[([^]]*)\],"threshold":([0-9]+)\}' ids
  [[ $(<"$newest") =~ $role ]] || stop "$newest is no root that this script can read"
  ids=${BASH_REMATCH[1]//[^,]/}
  count=$((${#ids} + 1)) needed=${BASH_REMATCH[2]}
}

too_few() {
  cat <<TEXT

$1 of $2 root keys are left, and $3 must sign: no root can follow, whoever helps. Nothing was changed.

Until then: what is published is good, and goes on, as long as the newest root and the keys of machines last.
Then: the feed begins anew, with another first root, and readers take it from nobody but you.
  1. Look once more: an ssh-agent that still runs, a backup, a second machine. One key less lost changes all of this.
  2. Take keys/keyring.toml, keys/root/ and the public keys of the roles away, in a commit of its own (git keeps them), and merge it.
     Then run init.sh with three people or more, and write branch = "publish-state-2" below [state] in the new keys/keyring.toml before
     anything is published: the old branch counts the old feed.
  3. Publish it under a new address in caveat.toml, into an empty place: what readers remember of the old one refuses the new root.
  4. Tell readers in every other way that they trust: release notes, the README, the lists, security.txt. Say the SHA-256 of the new
     keys/root/1.root.json, and have several people say it.
  5. Let the old address say where the new one is, with its last edition.
TEXT
}

main() {
  local one count needed left
  options "$@"
  begin
  ((${#rest[@]})) || stop "which keys are lost? (--help says how)"
  named
  # Where it was interrupted, the newest root may be the new one, and enough were left.
  if [[ -z $again ]]; then
    asked
    left=$((count - ${#rest[@]}))
    if ((left < needed)); then
      too_few "$left" "$count" "$needed"
      exit 1
    fi
    say "Keyring: $left of $count root keys are left, and $needed must sign, so nothing is lost but keys"
  fi
  mark
  for one in "${rest[@]}"; do
    IFS='=' read -r lost new public <<<"$one"
    has root "$new" || run caveat keys rotate root "$new" --old "$lost" --public "$public"
  done
  sign_root "keys: replace root keys that were lost"
  publish
  look
  finish
}

main "$@"
