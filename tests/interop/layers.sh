#!/usr/bin/env bash
# Owns: asking stock signature tools about a feed with a keyring: records under an authority, plain keys, revoked keys, ended certificates, an agent.
# Usage: layers.sh CLONE WORK PRINCIPAL CAVEAT PYTHON   (CLONE: a repository of advisories without keys)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/interop/verdicts.sh
source "$here/verdicts.sh"

clone=$1 work=$2 principal=$3 caveat=$4 python=$5
rm -rf "$work"
mkdir -p "$work/secret"
chmod 700 "$work/secret"
repo=$work/repository site=$work/site
git clone --quiet "$clone" "$repo"
ssh_version=$(ssh -V 2>&1 | sed 's/[, ].*//; s/OpenSSH_//')

git_() { git -C "$repo" -c user.name=interop -c user.email=interop@example.org "$@" >&2; }
new_key() { ssh-keygen -q -t ed25519 -N '' -C "$1" -f "$work/secret/$1"; }
publish() { "$caveat" -C "$repo" publish --to "$site" "$@" >&2; }

# Roots of one person, a publish key that renews by itself, an authority, and a key that was stolen once.
key_ring() {
  local name
  for name in root publish-2026 ssh-ca stolen; do
    new_key "$name"
    cp "$work/secret/$name.pub" "$repo/keys/$name.pub"
  done
  cat >"$repo/keys/keyring.toml" <<'TOML'
[role.root]
keys = ["root"]
[role.publish]
keys = ["publish-2026"]
[role.freshness]
keys = ["publish-2026"]
[role.ssh-ca]
keys = ["ssh-ca"]
[revoked.stolen]
at = 2026-01-01T00:00:00Z
reason = "stolen"
TOML
  "$caveat" -C "$repo" keys root draft >&2
  "$caveat" -C "$repo" keys root sign --key "$work/secret/root" >&2
  commit "a keyring"
}

commit() { git_ add -A && git_ commit --quiet -m "$1"; }

certify() { # VALIDITY
  ssh-keygen -q -s "$work/secret/ssh-ca" -I publish-2026 -n "$principal" -V "$1" "$repo/keys/publish-2026.pub"
  commit "a certificate"
}

authority() { printf '%s cert-authority,namespaces="%s" %s\n' "$principal" "$principal" "$(cut -d ' ' -f 1,2 "$work/secret/ssh-ca.pub")"; }

# verify SIGNERS FILE [OPTION..]: SIGNERS is the text of an allowed_signers file.
verify() {
  local signers=$1 file=$2
  shift 2
  ssh-keygen -Y verify -f <(printf '%s\n' "$signers") -I "$principal" -n "$principal" "$@" -s "$file.sig" <"$file"
}

plain_key() {
  publish --key "$work/secret/publish-2026"
  record=$(find "$site/osv" -maxdepth 1 -name '*.json' ! -name all.json | sort | head -n 1)
  local line
  line="$principal namespaces=\"$principal\" $(cut -d ' ' -f 1,2 "$repo/keys/publish-2026.pub")"
  accepts ssh-keygen "$ssh_version" "a record, under the key" verify "$line" "$record"
  accepts ssh-keygen "$ssh_version" "a record, by the site's own allowed_signers" verify "$(<"$site/keys/allowed_signers")" "$record" -r "$site/keys/revoked"
  # The tool's own list of revoked keys is the site's, with another key in it.
  cat "$site/keys/revoked" "$repo/keys/publish-2026.pub" >"$work/revoked"
  refuses ssh-keygen "$ssh_version" "refuses a record whose key is among the revoked" any "Could not verify" verify "$line" "$record" -r "$work/revoked"
}

under_authority() {
  local line other=$work/other.json
  certify -1d:+30d
  publish --key "$work/secret/publish-2026"
  line=$(authority)
  accepts ssh-keygen "$ssh_version" "a record, under the authority" verify "$line" "$record" -r "$site/keys/revoked"
  accepts ssh-keygen "$ssh_version" "SHA256SUMS, under the authority" verify "$line" "$site/SHA256SUMS" -r "$site/keys/revoked"
  refuses ssh-keygen "$ssh_version" "refuses a record after the certificate has ended" any "expired" verify "$line" "$record" -Overify-time="$(date -u -d '+40 days' +%Y%m%d)"
  refuses ssh-keygen "$ssh_version" "refuses a record whose certified key is among the revoked" any "Could not verify" verify "$line" "$record" -r "$work/revoked"
  refuses ssh-keygen "$ssh_version" "refuses a record for another feed" any "" ssh-keygen -Y verify -f <(printf '%s\n' "$line") -I "$principal" -n other -s "$record.sig" <"$record"
  sed 's/"id"/"Id"/' "$record" >"$other"
  cp "$record.sig" "$other.sig"
  refuses ssh-keygen "$ssh_version" "refuses a changed record" any "verification failed" verify "$line" "$other"
  rm "$other" "$other.sig"
  PATH=$(dirname "$python"):$PATH "$python" "$here/printed.py" "$site" "$caveat"
}

with_agent() {
  local socket=$work/agent pid
  ssh-agent -D -a "$socket" >/dev/null &
  pid=$!
  for _ in {1..100}; do [[ -S $socket ]] && break; sleep 0.05; done
  SSH_AUTH_SOCK=$socket ssh-add -q "$work/secret/publish-2026"
  SSH_AUTH_SOCK=$socket accepts ssh-agent "$ssh_version" "signs a feed with a key that caveat never sees" publish --signer agent
  kill "$pid"
  accepts ssh-keygen "$ssh_version" "a record that an agent signed" verify "$(authority)" "$record"
}

key_ring
plain_key
under_authority
with_agent
