#!/usr/bin/env bash
# Owns: asking stock signature tools, and caveat itself, whether a site is whole; and whether they refuse a damaged copy.
# Usage: signatures.sh SITE KEY PRINCIPAL CAVEAT   (KEY: the private key the site was signed with, PKCS#8)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/interop/verdicts.sh
source "$here/verdicts.sh"

site=$1 key=$2 principal=$3 caveat=$4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The reader's own copies of the keys: nothing below trusts what lies in the damaged tree.
cp -r "$site/keys" "$scratch/keys"
ssh_version=$(ssh -V 2>&1 | sed 's/[, ].*//; s/OpenSSH_//')
minisign_version=$(minisign -v | awk 'NR == 1 { print $NF }')
sums_version=$(sha256sum --version | awk 'NR == 1 { print $NF }')
caveat_version=$("$caveat" --version | grep -o '[^ ]*$')

ssh_verify() { # TREE NAMESPACE IDENTITY
  ssh-keygen -Y verify -f "$scratch/keys/allowed_signers" -I "$3" -n "$2" -s "$1/SHA256SUMS.sig" <"$1/SHA256SUMS"
}
minisign_verify() { (cd "$1" && minisign -VHm SHA256SUMS -P "$(tail -n 1 "$scratch/keys/minisign.pub")"); }
sums_check() { (cd "$1" && LC_ALL=C sha256sum --quiet --strict -c SHA256SUMS); }
caveat_verify() { "$caveat" verify "$1" --key "$scratch/keys/feed.pub"; }

# damaged NAME: a fresh copy of the site, its path in $copy.
damaged() { copy=$scratch/$1; cp -r "$site" "$copy"; }

# flip FILE: one bit of one byte in the middle.
flip() {
  python3 - "$1" <<'PYTHON'
import sys
path = sys.argv[1]
data = bytearray(open(path, "rb").read())
data[len(data) // 2] ^= 1
open(path, "wb").write(data)
PYTHON
}

# The published keys are three spellings of the public half of the key we gave; openssl works that half out.
published_keys() {
  local derived ssh mini
  derived=$(openssl pkey -in "$key" -pubout -outform DER | tail -c 32 | base64)
  ssh=$(cut -d ' ' -f 2 "$site/keys/feed.pub" | base64 -d | tail -c 32 | base64)
  mini=$(tail -n 1 "$site/keys/minisign.pub" | base64 -d | tail -c 32 | base64)
  if [[ $derived == "$ssh" && $derived == "$mini" ]] && grep -qF "$(cut -d ' ' -f 2 "$site/keys/feed.pub")" "$site/keys/allowed_signers"; then
    verdict pass openssl "$(openssl version | cut -d ' ' -f 2)" "keys/ holds the public half of the signing key"
  else
    verdict fail openssl "$(openssl version | cut -d ' ' -f 2)" "keys/ holds the public half of the signing key" "they differ"
  fi
}

whole_tree() {
  accepts ssh-keygen "$ssh_version" "the signature of SHA256SUMS" ssh_verify "$site" "$principal" "$principal"
  accepts minisign "$minisign_version" "the prehashed signature of SHA256SUMS" minisign_verify "$site"
  accepts sha256sum "$sums_version" "every file of the site" sums_check "$site"
  accepts caveat "$caveat_version" "the whole site" caveat_verify "$site"
}

changed_sums() {
  damaged sums
  flip "$copy/SHA256SUMS"
  refuses ssh-keygen "$ssh_version" "refuses a changed SHA256SUMS" any "Signature verification failed" \
    ssh_verify "$copy" "$principal" "$principal"
  refuses minisign "$minisign_version" "refuses a changed SHA256SUMS" any "Signature verification failed" minisign_verify "$copy"
  refuses caveat "$caveat_version" "refuses a changed SHA256SUMS" 1 "SHA256SUMS" caveat_verify "$copy"
  refuses ssh-keygen "$ssh_version" "refuses another namespace" any "namespace" ssh_verify "$site" file "$principal"
  refuses ssh-keygen "$ssh_version" "refuses another identity" any "Could not verify" ssh_verify "$site" "$principal" "not-$principal"
}

changed_page() {
  damaged page
  flip "$copy/index.html"
  refuses sha256sum "$sums_version" "refuses and names a changed page" any "index.html: FAILED" sums_check "$copy"
  refuses caveat "$caveat_version" "refuses and names a changed page" 1 "index.html" caveat_verify "$copy"
}

missing_and_extra() {
  damaged fewer
  rm "$copy/feed.atom"
  refuses sha256sum "$sums_version" "refuses and names a missing file" any "feed.atom" sums_check "$copy"
  refuses caveat "$caveat_version" "refuses and names a missing file" 1 "feed.atom" caveat_verify "$copy"
  damaged more
  printf 'not of this site\n' >"$copy/about/stowaway.txt"
  refuses caveat "$caveat_version" "refuses and names an extra file" 1 "about/stowaway.txt" caveat_verify "$copy"
}

changed_comment() {
  damaged comment
  sed -i 's/^trusted comment: ./&x/' "$copy/SHA256SUMS.minisig"
  refuses minisign "$minisign_version" "refuses an edited trusted comment" any "omment signature verification failed" minisign_verify "$copy"
  refuses caveat "$caveat_version" "refuses an edited trusted comment" 1 "SHA256SUMS.minisig" caveat_verify "$copy"
}

other_key() {
  ssh-keygen -q -t ed25519 -N '' -C '' -f "$scratch/other"
  refuses caveat "$caveat_version" "refuses a key that did not sign" 1 "" \
    "$caveat" verify "$site" --key "$scratch/other.pub"
}

published_keys
whole_tree
changed_sums
changed_page
missing_and_extra
changed_comment
other_key
