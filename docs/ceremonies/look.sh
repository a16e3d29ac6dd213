#!/usr/bin/env bash
# Owns: the end of each ceremony, where a pipeline publishes: a copy of the site, looked at as readers look.
# Usage: look.sh --site COPY [--state FILE] [--first-root FILE]
#   --state FILE       what an old reader remembers; --first-root: the root that they began with [default: keys/root/1.root.json]
set -euo pipefail
# shellcheck source=docs/ceremonies/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

options "$@"
[[ -n $site ]] || stop "which copy? (--help says how)"
look
