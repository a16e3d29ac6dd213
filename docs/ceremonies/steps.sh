# Owns: what all four ceremonies have in common: saying what is done, asking, signing a root, and looking as readers do.
# Read by them, never run. It uses caveat, ssh-keygen and git, and holds no key: `caveat` reads the files, or asks ssh-agent.
# shellcheck shell=bash disable=SC2034

yes=
site=
state=
first_root=
private=
public=
reason=
since=
holders=()
half=()
rest=()
again=
begun=
this=

# What all take. What is left goes to `rest`.
options() {
  while (($#)); do
    case $1 in
      --root-key | --site | --state | --first-root | --private | --public | --reason | --since)
        (($# > 1)) || stop "$1 wants a value (--help says which)"
        ;;&
      --yes) yes=1 ;;
      --root-key) holders+=(--key "$2") && shift ;;
      --agent) holders+=(--signer agent) ;;
      --site) site=$2 && shift ;;
      --state) state=$2 && shift ;;
      --first-root) first_root=$2 && shift ;;
      --private) private=$2 && shift ;;
      --public) public=$2 && shift ;;
      --reason) reason=$2 && shift ;;
      --since) since=$2 && shift ;;
      --help) sed -n '/^# Usage/,/^[^#]/{s/^# \{0,1\}//p}' "$0" && exit 0 ;;
      -*) stop "no such option: $1 (--help says which there are)" ;;
      *) rest+=("$1") ;;
    esac
    shift
  done
}

say() { printf '\n== %s\n' "$*"; }

stop() { printf 'ceremony: %s\n' "$*" >&2 && exit 2; }

# A command as it is run, so that people can do it by hand the next time.
run() {
  printf '$ %s\n' "$*"
  "$@"
}

# Before what cannot be taken back.
ask() {
  [[ -z $yes ]] || return 0
  local answer
  read -r -p "$* [yes/no] " answer || answer=no
  [[ $answer == yes ]] || stop "nothing was done; what is in the work tree stays there"
}

# In the repository, with nothing in it that is not committed: a ceremony is one change, and people review it. One that was
# interrupted is run again as it was: each step that is done says so, and the next goes on.
begin() {
  [[ -f caveat.toml ]] || stop "this is no advisory repository: there is no caveat.toml"
  begun=$(git rev-parse --git-path caveat-ceremony)
  this="$(basename "$0") ${rest[*]}"
  [[ ! -e $(git rev-parse --git-path index.lock) ]] ||
    stop "git was killed, or is at work: $(git rev-parse --git-path index.lock) is there; where no git runs, remove it"
  if [[ -e $begun && $(<"$begun") == "$this" ]]; then
    [[ -z $(git status --porcelain --untracked-files=no -- ':(top)' ':(exclude)keys') ]] ||
      stop "files outside keys/ were changed since \`$this\` was begun: commit them, or take them back"
    again=1
    say "Again: \`$this\` was begun, and not finished"
  elif [[ -e $begun ]]; then
    stop "\`$(<"$begun")\` was begun here, and not finished: run it again as it was,
or take back what it did: git reset -q -- keys; git checkout -q -- keys; git clean -d -f -- keys; rm $begun
and whatever key it made in --private; what it committed stays, and is published by hand"
  elif [[ -n $(git status --porcelain) ]]; then
    stop "there is something in the work tree that is not committed"
  fi
}

# From here on something changes.
mark() { [[ -n $again ]] || printf '%s\n' "$this" >"$begun"; }

# Nothing is left to do here.
finish() { rm -f "$begun" "$begun.said"; }

# has ROLE KEY: was it brought in before the ceremony was interrupted?
has() {
  [[ -n $again ]] && holds "$1" "$2" || return 1
  echo "$2 is in the role $1 already"
}

# holds ROLE KEY: does keys/keyring.toml give it to the key?
holds() {
  [[ -e keys/keyring.toml ]] || return 1
  awk -v head="[role.$1]" -v key="\"$2\"" '$0 == head { on = 1; next } /^\[/ { on = 0 } on && index($0, key) { found = 1 }
    END { exit !found }' keys/keyring.toml
}

# Before a key is made: where to, outside every repository.
somewhere() { [[ -n $private ]] || stop "where are the new keys to be made? (--private FOLDER, outside every repository)"; }

# keep MESSAGE: one commit.
keep() {
  if [[ -n $again && -z $(git status --porcelain keys) ]]; then
    echo "it is committed already"
    return 0
  fi
  run git add --all keys
  run git commit --quiet --message "$1"
}

# Where the halves of a new key come from, or go: `half` for caveat.
halves() {
  if [[ -n $public ]]; then
    half=(--public "$public")
  else
    [[ -n $private ]] || stop "where is the key to be made? (--private FOLDER, or --public FILE.pub)"
    half=(--out "$private/$1")
    # Made, and then interrupted: a private key is never overwritten. One that is older is of something else.
    if [[ -e $private/$1 ]]; then
      [[ -n $again && $private/$1 -nt $begun ]] || stop "$private/$1 is there already, and was not made by this: move it away, or choose another name"
      echo "$private/$1 is there already"
      ssh-keygen -y -f "$private/$1" >"$private/$1.pub"
      half=(--public "$private/$1.pub")
    fi
  fi
}

# Before the ceremony was interrupted: the root is in the work tree, or all of it is committed.
is_signed() {
  local changed
  [[ -n $again && ! -e keys/root/draft.json ]] || return 1
  changed=$(git status --porcelain --untracked-files=all keys)
  [[ -z $changed || $changed == *.root.json* ]]
}

# Whoever signed before the interruption is not asked again.
sign() {
  local said
  if [[ -z $again ]]; then
    run caveat keys root sign "${holders[@]}"
  elif ! run caveat keys root sign "${holders[@]}" 2> >(tee "$begun.said" >&2); then
    wait "${!:-}" 2>/dev/null || true
    said=$(<"$begun.said")
    [[ $said == *"none of the keys that were brought need sign"* ]] || stop "$said"
    echo "all who are here have signed already"
  fi
}

# sign_root MESSAGE: the next root, and one commit of all that a ceremony changed. Every hand that is here signs the draft. The others do so elsewhere, and their commits are merged.
sign_root() {
  say "Root: people sign what the keyring says now"
  if is_signed; then
    echo "the root is signed already"
  else
    if [[ -n $again && -e keys/root/draft.json ]]; then
      echo "keys/root/draft.json is there already"
    else
      run caveat keys root draft
    fi
    ask "Read keys/root/draft.json and keys/keyring.toml once more. Is this who is to be trusted from now on?"
    ((${#holders[@]} == 0)) || sign
  fi
  run caveat keys root status
  if [[ -e keys/root/draft.json ]]; then
    keep "$1 (draft)"
    say "The draft needs more signatures"
    echo "Commit and push it. Each of the others takes the branch, looks at the same two files, and says:"
    echo "  caveat keys root sign --signer agent     (or --key FILE), then commits and pushes"
    echo "When \`caveat keys root status\` says that it is whole, publish, and run docs/ceremonies/look.sh."
    finish
    exit 3
  fi
  keep "$1"
}

# Where the keys of machines are here too, as in a drill; else the pipeline publishes what is merged.
publish() {
  [[ -n $site ]] || return 0
  say "Publish"
  run caveat publish --to "$site"
}

# The end of each: as somebody who was there before, and as somebody who comes today.
look() {
  if [[ -z $site ]]; then
    say "Merge this, let it be published, and look at a copy of the site: docs/ceremonies/look.sh --site COPY --state FILE"
    return 0
  fi
  first_root=${first_root:-keys/root/1.root.json}
  if [[ -n $state ]]; then
    say "Look as an old reader, who has root ${first_root##*/} and remembers the last look"
    run caveat verify "$site" --root "$first_root" --state "$state"
  fi
  say "Look as a new reader, who has the first root alone"
  run caveat verify "$site" --root keys/root/1.root.json
}
