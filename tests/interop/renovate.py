"""Owns: asking Renovate's @renovatebot/osv-offline about the made-up feed: records as lines of JSON, found by package URL.

Usage: renovate.py CAVEAT NPM FIXTURE WORK
It finds records by exact name and package URL in every ecosystem it knows; which versions a record means is asked for those
that npm's semver orders, as Renovate does.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from affected import Caveat
from fixture import Fixture
from verdicts import verdict

KNOWN = ("crates.io", "Go", "Hex", "Maven", "npm", "NuGet", "Packagist", "PyPI", "RubyGems")
SEMVER = ("crates.io", "Go", "Hex", "npm")


def database(fixture, folder):
    """One file for each ecosystem, as docs/osv.md makes it."""
    folder.mkdir(parents=True)
    for ecosystem in KNOWN:
        lines = [json.dumps(json.loads(path.read_text("utf-8")) | {"_id": path.stem})
                 for path in sorted((fixture.site / "osv" / ecosystem).glob("*.json"))]
        (folder / f"{ecosystem.lower()}.nedb").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def ask(npm, folder, questions):
    """The answers to [ecosystem, name, versions]."""
    environment = os.environ | {"OSV_OFFLINE_ROOT_DIR": str(folder), "OSV_OFFLINE_DISABLE_DOWNLOAD": "true"}
    command = ["node", str(Path(__file__).with_name("renovate.mjs")), str(npm)]
    done = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, env=environment, timeout=120)
    print(done.stderr, file=sys.stderr)
    return {tuple(key.split(" ")): set(ids) for key, ids in json.loads(done.stdout).items()}


def main():
    """Whether each record is found at all, and by which versions."""
    caveat, npm, made, work = sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    shutil.rmtree(work, ignore_errors=True)
    fixture = Fixture(made)
    version = json.loads((npm / "node_modules/@renovatebot/osv-offline/package.json").read_text())["version"]
    questions = [[*key, versions if key[0] in SEMVER else []] for key, versions in fixture.places.items() if key[0] in KNOWN]
    answers = ask(npm, database(fixture, work / "records"), questions)
    packages = [(key, entry["package"]["ecosystem"], entry["package"]["name"]) for key, record in fixture.alive.items() for entry in record["affected"]]
    lost = [place for place in packages if place[1] in KNOWN and place[0] not in answers[place[1:]]]
    verdict("osv-offline", version, f"finds every live record by package URL ({', '.join(KNOWN)})", lost)
    fixture.judge("osv-offline", version, fixture.questions(*SEMVER), answers, Caveat(caveat, fixture.repository))


main()
