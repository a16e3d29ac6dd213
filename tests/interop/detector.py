"""Owns: asking osv-detector about the made-up feed: a directory of records as an extra database, packages as a table.

Usage: detector.py CAVEAT FIXTURE WORK
It is asked where it is installed; the module proxy does not have it for everybody, and it comes in no other registry.
"""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

from affected import Caveat
from fixture import Fixture, locked
from verdicts import verdict

CLIENT = "osv-detector"


def ask(fixture, work, questions):
    """{(ecosystem, name, version): ids}; it ends with 1 when it found something."""
    records, table, config = work / "records", work / "packages.csv", work / "config.yml"
    records.mkdir()
    for name in fixture.records:
        shutil.copy(fixture.site / f"osv/{name}.json", records)
    with open(table, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([ecosystem, "", name, version] for ecosystem, name, version in questions)
    config.write_text(f"extra-databases:\n  - url: file:///{records}\n", "utf-8")
    command = [CLIENT, "--use-dbs=false", "--use-api=false", "--config", config, "--json", "--parse-as", "csv-file", table]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    print(done.stderr, file=sys.stderr)
    if done.returncode not in (0, 1):
        sys.exit(f"{CLIENT}: status {done.returncode}")
    return {(one["ecosystem"], one["name"], one["version"]): {flaw["id"] for flaw in one["vulnerabilities"]}
            for result in json.loads(done.stdout)["results"] for one in result["packages"]}


def main():
    """Every version of every package in one run."""
    caveat, made, work = sys.argv[1], sys.argv[2], Path(sys.argv[3]).resolve()
    if shutil.which(CLIENT) is None:
        verdict(CLIENT, "-", "is not installed, and was not asked", [])
        return
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    fixture = Fixture(made)
    version = subprocess.run([CLIENT, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    questions = fixture.questions(*locked())
    fixture.judge(CLIENT, version, questions, ask(fixture, work, questions), Caveat(caveat, fixture.repository))


main()
