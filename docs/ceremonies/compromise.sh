#!/usr/bin/env bash
# Owns: the third ceremony: a key was stolen, or may have been.
# Usage: compromise.sh [OPTION].. STOLEN NEW OTHER
#   STOLEN             the key of a machine; NEW comes in its place, and OTHER in that of the other machine (publish or
#                      freshness), which goes too: a thief may have pushed versions up, and clients forget them only with both
#   --reason TEXT      a few words that readers see
#   --since TIME       since when nobody should trust it (RFC 3339); what was published since is listed
#   --private FOLDER   where the new keys are made, outside every repository
#   --root-key FILE    the private key of a person, where it is here; --agent asks ssh-agent
#   --site DIR         publishes there with the keys that CAVEAT_KEY_FILE and CAVEAT_KEY_FRESHNESS_FILE name, and looks at it
#   --state FILE       what an old reader remembers
#   --yes              asks nothing
# First of all take the key away from the machine, and stop its pipelines. Run this in the advisory repository.
# Status 3: the root needs signatures of people elsewhere.
set -euo pipefail
# shellcheck source=docs/ceremonies/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

# The role of the other machine.
other_of() {
  if holds publish "$1"; then
    echo freshness
  elif holds freshness "$1"; then
    echo publish
  else
    stop "$1 is of no machine: a root key that was stolen is replaced by loss.sh, all others by rotate.sh"
  fi
}

is_revoked() { grep -qxF "[revoked.$1]" keys/keyring.toml; }

main() {
  local stolen other since_then=()
  options "$@"
  begin
  ((${#rest[@]} == 3)) || stop "which key was stolen, and what are the new ones called? (--help says how)"
  somewhere
  stolen=${rest[0]}
  # The other half of a key that is made here: nobody brings one.
  public=
  if [[ -n $again ]] && is_revoked "$stolen"; then
    other=$(other_of "${rest[1]}") || exit
  else
    other=$(other_of "$stolen") || exit
  fi
  [[ -z $since ]] || since_then=(--at "$since")
  say "Keyring: $stolen is trusted no more"
  if [[ -n $again ]] && is_revoked "$stolen"; then
    echo "$stolen is revoked already"
  else
    ask "This cannot be taken back: what $stolen signed is refused from now on. Is it $stolen?"
    mark
    halves "${rest[1]}"
    run caveat keys revoke "$stolen" --reason "${reason:-stolen}" "${since_then[@]}" --replace "${rest[1]}" "${half[@]}"
  fi
  if ! has "$other" "${rest[2]}"; then
    halves "${rest[2]}"
    run caveat keys rotate "$other" "${rest[2]}" "${half[@]}"
  fi
  sign_root "keys: revoke $stolen"
  say "What was merged since then: somebody who knows has to have meant each of it"
  run git --no-pager log --format='%h %cI %an: %s' ${since:+--since="$since"} -- advisories caveat.toml keys
  publish
  look
  refused "$stolen"
  finish
  say "Tell readers when it was, what was published since, and that keys/revoked is newer"
}

# A reader who checks by ssh-keygen alone refuses the key by the list.
refused() {
  [[ -n $site ]] || return 0
  say "Look as somebody with ssh-keygen: the list of revoked keys names $1"
  cut -d ' ' -f 1-2 "keys/$1.pub" >"$private/revoked-key"
  run grep -F -f "$private/revoked-key" "$site/keys/revoked"
  rm "$private/revoked-key"
}

main "$@"
