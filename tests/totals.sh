#!/usr/bin/env bash
# Owns: the last line of CI, the sum of all tests that ran.
# Must never count a run that was not made: the logs are those of the targets before it.
set -euo pipefail
cd "$(dirname "$0")/.."
awk '
  /^test result:/ { passed += $4; failed += $6 }
  /^[0-9]+ passed, [0-9]+ failed/ { passed += $1; failed += $3 }
  END { print passed " passed, " failed " failed"; exit failed > 0 || passed == 0 }
' target/test.log target/interop.log
