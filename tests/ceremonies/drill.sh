#!/usr/bin/env bash
# Owns: the drill: all four ceremonies as people run them, one after the other, and readers of every age after each.
# Usage: drill.sh CAVEAT ROOM    ROOM is made, and holds all that comes of it: trees/ is for other clients
# Must never touch a key, an agent or a configuration of whoever runs it.
set -euo pipefail

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../docs/ceremonies" && pwd)
mkdir -p "$2"
room=$(cd "$2" && pwd)
private=$room/private
mkdir -p "$room"/{bin,home,trees,states} "$private"
ln -s "$(realpath "$1")" "$room/bin/caveat"

export PATH=$room/bin:/usr/local/bin:/usr/bin:/bin HOME=$room/home LC_ALL=C.UTF-8 TZ=UTC GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Ana GIT_AUTHOR_EMAIL=ana@example.org GIT_COMMITTER_NAME=Ana GIT_COMMITTER_EMAIL=ana@example.org
unset CAVEAT_KEY CAVEAT_KEY_FRESHNESS CAVEAT_KEY_OPENPGP SSH_AUTH_SOCK GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE "${!GITHUB_@}" "${!CI_@}"
ages=()

advisory() {
  cat >"advisories/2026/x_DRILL-2026-000$1.toml" <<TOML
id = "x_DRILL-2026-000$1"
title = "Flaw number $1"
severity = "high"
impact = "Code runs."
description = "The loader trusts the length that a file states, and writes past its buffer."

[[affected]]
package = "acme"
versions = [">= 1.0.0, < 2.0.$1"]

[[reference]]
type = "fix"
url = "https://example.org/fix/$1"

[[revision]]
at = 2026-11-19T23:00:00Z
note = "First published."
TOML
}

# A feed of two advisories, its remote, and four people with a key each.
begin() {
  local person
  git init --quiet --bare --initial-branch main "$room/remote.git"
  git init --quiet --initial-branch main "$room/feed"
  cd "$room/feed"
  git remote add origin "$room/remote.git"
  caveat init --url https://drill.example.org --id-prefix x_DRILL --ecosystem PyPI --package acme
  printf '[[rule]]\ncode = "%s"\nlevel = "off"\n' policy-contact-example package-repository-missing cwe-missing >>caveat.toml
  mkdir -p advisories/2026
  advisory 1
  advisory 2
  git add --all
  git commit --quiet --message "Begin"
  git push --quiet origin main
  for person in ana ben cleo dora; do ssh-keygen -q -t ed25519 -N '' -C "root-$person" -f "$private/$person"; done
}

# ceremony SCRIPT ARGUMENT..: Ana has her key in an agent; what is published is published here.
ceremony() {
  printf '\n#### %s\n' "$*"
  # shellcheck disable=SC2016 # the agent's own shell fills these in
  ssh-agent bash -c 'ssh-add -q "$0" && exec bash "$@"' "$private/ana" "$scripts/$1" --yes --agent --site public --private "$private" "${@:2}"
}

# A caveat that ends the ceremony which calls it, as a power cut would: after each call that it has not seen before.
fuse() {
  mkdir -p "$room/fuse"
  cat >"$room/fuse/caveat" <<SH
#!/usr/bin/env bash
code=0
"$room/bin/caveat" "\$@" || code=\$?
grep -qxF -e "\$*" "$room/fuse/seen" && exit "\$code"
echo "\$*" >>"$room/fuse/seen"
kill -KILL "\$PPID"
SH
  chmod +x "$room/fuse/caveat"
}

# broken SCRIPT ARGUMENT..: the same ceremony, killed after each step of it, and begun again as often.
broken() {
  local code=137 killed=-1
  : >"$room/fuse/seen"
  for (( ; code == 137; killed++)); do
    code=0
    PATH=$room/fuse:$PATH ceremony "$@" 2>"$room/said" || code=$?
  done
  ((code == 0)) || { cat "$room/said" >&2 && exit 1; }
  ((killed == $(wc -l <"$room/fuse/seen") && killed > 4)) || stop "it was killed only $killed times: $1"
  [[ -z $(git status --porcelain) && ! -e .git/caveat-ceremony ]] || stop "it left something: $1"
  printf '%s: killed %s times\n' "$1" "$killed"
}

# machine PUBLISH FRESHNESS: which keys the machines have.
machine() { export CAVEAT_KEY_FILE=$private/$1 CAVEAT_KEY_FRESHNESS_FILE=$private/$2; }

# age NAME: what is out now gets a name. All who ever looked look again; then somebody new does.
age() {
  local seen
  cp -a public "$room/trees/$1"
  for seen in "${ages[@]}"; do
    cp "$room/states/$seen.json" "$room/seen.json"
    caveat verify public --root "$room/trees/root.json" --state "$room/seen.json" 2>"$room/said" || { cat "$room/said" && exit 1; }
    printf '%s: who looked at %s last takes it\n' "$1" "$seen"
  done
  caveat verify public --root "$room/trees/root.json" --state "$room/states/$1.json"
  ages+=("$1")
}

# What other clients are asked: every age comes back at the end, all of it in order, somebody new, and a host that goes back.
steps() {
  local seen last=${ages[-1]} all
  all=$(printf ' | %s' "${ages[@]}")
  for seen in "${ages[@]}"; do step "who looked at $seen comes back" "$seen | $last" accept "$last"; done
  step "who looked each time" "${all# | }" accept "$last"
  step "somebody new" "$last" accept "$last"
  step "a host that goes back to before the theft" "$last | freshness" refuse "$last"
}

step() {
  local bundle
  bundle=$(sha256sum "$room/trees/$4/osv/all.zip")
  printf '%s\t%s\t%s\t\t%s\n' "$1" "$2" "$3" "${bundle%% *}" >>"$room/trees/steps.tsv"
}

# ends CODE COMMAND..: what should end badly does.
ends() {
  local code=0
  "${@:2}" || code=$?
  ((code == $1)) || stop "status $code, and not $1: ${*:2}"
}

stop() { printf 'drill: %s\n' "$*" >&2 && exit 9; }

main() {
  local year
  year=$(date -u +%Y)
  begin
  fuse
  machine "publish-$year" "freshness-$year"
  broken init.sh --root-key "$private/ben" "ana=$private/ana.pub" "ben=$private/ben.pub" "cleo=$private/cleo.pub"
  cp keys/root/1.root.json "$room/trees/root.json"
  age first
  local old=(--root-key "$private/ben" --state "$room/old.json" --first-root "$room/trees/root.json")
  cp "$room/states/first.json" "$room/old.json"
  machine publish-b "freshness-$year"
  broken rotate.sh "${old[@]}" publish publish-b
  age publisher
  ceremony rotate.sh "${old[@]}" --root-key "$private/dora" --public "$private/dora.pub" root root-dora root-cleo
  age person
  machine publish-b freshness-b
  ceremony rotate.sh "${old[@]}" freshness freshness-b
  age freshness
  machine publish-c freshness-c
  broken compromise.sh "${old[@]}" --reason "stolen from the build machine" --since "$(date -u -d '-1 hour' +%FT%TZ)" publish-b publish-c freshness-c
  age compromise
  broken loss.sh "${old[@]}" "root-dora=root-cleo-b=$private/cleo.pub"
  age loss
  ends 1 ceremony loss.sh "root-ben=root-e=$private/dora.pub" "root-ana=root-f=$private/dora.pub"
  ends 4 caveat verify "$room/trees/freshness" --root "$room/trees/root.json" --state "$room/states/loss.json"
  steps
  printf '\n#### done: %s ages\n' "${#ages[@]}"
}

main
