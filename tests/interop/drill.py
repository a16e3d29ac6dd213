"""Owns: four clients of The Update Framework on the trees of a drill: what `caveat publish` put out after each ceremony.

Usage: drill.py CAVEAT NPM GO_CLIENT TOUGH_CLIENT SCRATCH
`tests/ceremonies/drill.sh` runs the ceremonies; each client comes back from every age, and is shown a tree of before the theft.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tuf_clients import strangers
from verdicts import verdict

BACK = {"a host that goes back to before the theft"}
# tough keeps no root: it begins at the first one each time, sees that keys changed, and forgets which versions it saw.
LENIENT = {"python-tuf": set(), "tuf-js": set(), "go-tuf": set(), "tough": BACK}


def main(caveat, npm, go_client, tough_client, scratch):
    scratch = Path(scratch).resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    # Private keys are made, which `caveat keys` does nowhere in a repository, not even where git ignores it.
    with tempfile.TemporaryDirectory() as elsewhere:
        ask(Path(elsewhere) / "room", caveat, (npm, go_client, tough_client), scratch)


def ask(room, caveat, clients, scratch):
    drill = Path(__file__).parent.parent / "ceremonies/drill.sh"
    done = subprocess.run([drill, caveat, room], stdout=sys.stderr, check=False)
    verdict("caveat", "-", "all four ceremonies, and readers of every age", [] if done.returncode == 0 else [f"status {done.returncode}"])
    trees = room / "trees"
    lines = (trees / "steps.tsv").read_text("utf-8").splitlines()
    asked = [dict(zip(("asked", "trees", "expected", "ours", "bundle"), line.split("\t"))) for line in lines]
    strangers(trees, asked, clients, scratch, LENIENT, " of a drill")


main(*sys.argv[1:])
