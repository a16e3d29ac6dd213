"""Owns: asking foxguard, offline, about the made-up feed: a directory of records as they are.

Usage: foxguard.py CAVEAT BINARY FIXTURE WORK
It reports withdrawn records, too, and no record can keep it from that: as docs/osv.md says, they are left out for it.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from affected import Caveat
from fixture import Fixture
from verdicts import verdict

READS = ("PyPI", "npm", "crates.io")


def alive(fixture, folder):
    """The records without the withdrawn ones."""
    folder.mkdir()
    for name in fixture.alive:
        shutil.copy(fixture.site / f"osv/{name}.json", folder)
    return folder


def scan(binary, records, projects):
    """{(lock file, package, version): ids}. It ends with 1 when it found something."""
    command = [binary, "sca", str(projects), "--sca-offline", "--sca-db", str(records), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    print(done.stderr, file=sys.stderr)
    if done.returncode not in (0, 1):
        sys.exit(f"{binary}: status {done.returncode}")
    found = {}
    for one in json.loads(done.stdout)["findings"]:
        place = str(Path(one["file"]).resolve()), one["dep_name"], one["dep_version"]
        found.setdefault(place, set()).add(one["dep_vulnerability_id"])
    return found


def main():
    """All projects in one run; then the whole folder of the feed, which must be readable as it is."""
    caveat, binary, made, work = sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    fixture = Fixture(made)
    version = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    asked = fixture.projects(work / "projects", *READS)
    found = scan(binary, alive(fixture, work / "records"), work / "projects")
    questions = {(ecosystem, name, at): (path, name, at) for path, (ecosystem, pins) in asked.items() for name, at in pins.items()}
    answers = {question: found.get(place, set()) for question, place in questions.items()}
    fixture.judge("foxguard", version, list(questions), answers, Caveat(caveat, fixture.repository))
    gone = set().union(*scan(binary, fixture.site / "osv", work / "projects").values()) - set().union(*answers.values())
    odd = sorted(gone - (fixture.records.keys() - fixture.alive.keys()))
    verdict("foxguard", version, "reads osv/ as it is, and names withdrawn ids besides, no other", odd)


if __name__ == "__main__":
    main()
