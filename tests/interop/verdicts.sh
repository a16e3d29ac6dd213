# Owns: how a shell check tells one verdict: a line on stdout with five fields split by tabs, which run.sh collects.
# Sourced by the checks. Everything that is not a verdict goes to stderr, which run.sh keeps as the check's log.
# shellcheck shell=bash

# verdict pass|fail CLIENT VERSION QUESTION [DETAIL]
verdict() { printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "${5:-}"; }

# accepts CLIENT VERSION QUESTION COMMAND..: passes when the command says yes.
accepts() {
  local client=$1 version=$2 question=$3 status=0
  shift 3
  "$@" >&2 || status=$?
  if ((status == 0)); then
    verdict pass "$client" "$version" "$question"
  else
    verdict fail "$client" "$version" "$question" "status $status"
  fi
}

# refuses CLIENT VERSION QUESTION STATUS TEXT COMMAND..: passes when the command ends with that status (`any` for each
# but 0) and its output holds TEXT, so that a refusal for another reason does not count.
refuses() {
  local client=$1 version=$2 question=$3 wanted=$4 text=$5 status=0 output
  shift 5
  output=$("$@" 2>&1) || status=$?
  printf '%s\n' "$output" >&2
  if ((status == 0)); then
    verdict fail "$client" "$version" "$question" "accepted"
  elif [[ $wanted != any && $status != "$wanted" ]]; then
    verdict fail "$client" "$version" "$question" "status $status instead of $wanted"
  elif [[ $output != *"$text"* ]]; then
    verdict fail "$client" "$version" "$question" "its output does not say: $text"
  else
    verdict pass "$client" "$version" "$question"
  fi
}
