"""Owns: asking cve-lite, offline, about the npm packages of the made-up feed: osv/npm/all.zip.

Usage: cvelite.py CAVEAT NPM FIXTURE WORK
It takes a pre-release of the version that a range begins with for affected, on purpose: such a question is no test of a
record. Versions of npm that are only a pre-release apart from their neighbours are therefore not asked.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from affected import Caveat
from fixture import Fixture
from verdicts import verdict


def scan(npm, database, projects, out):
    """{(name, version): ids} from one run over all folders. It ends with 1 when it found something."""
    program = npm / "node_modules/cve-lite-cli/dist/index.js"
    command = ["node", str(program), str(projects), "--offline", "--offline-db", str(database), "--json", "--output", str(out), "--fail-on", "low"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(out)})
    print(done.stdout + done.stderr, file=sys.stderr)
    (report,) = out.glob("*.json")
    told = json.loads(report.read_text("utf-8"))
    found = {}
    for one in told["findings"]:
        found.setdefault((one["package"], one["version"]), set()).update(flaw["id"] for flaw in one["vulnerabilities"])
    return found, len(told["folders"]) if told["complete"] else 0


def main():
    """One database, one run over thirty projects."""
    caveat, npm, made, work = sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    shutil.rmtree(work, ignore_errors=True)
    (work / "out").mkdir(parents=True)
    fixture = Fixture(made)
    version = json.loads((npm / "node_modules/cve-lite-cli/package.json").read_text())["version"]
    here = Path(__file__).with_name("cvelite.mjs")
    command = ["node", str(here), str(npm), str(fixture.site / "osv/npm/all.zip"), str(work / "feed.db")]
    count = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    live = [key for key, record in fixture.alive.items() if any(entry.get("package", {}).get("ecosystem") == "npm" for entry in record["affected"])]
    verdict("cve-lite", version, f"loads all {len(live)} live records of npm", [] if count == len(live) else [f"{count} loaded"])
    asked = fixture.projects(work / "projects", "npm")
    found, folders = scan(npm, work / "feed.db", work / "projects", work / "out")
    verdict("cve-lite", version, f"reads all {len(asked)} projects", [] if folders == len(asked) else [f"{folders} read"])
    questions = [(ecosystem, name, at) for ecosystem, pins in asked.values() for name, at in pins.items()]
    answers = {question: found.get(question[1:], set()) for question in questions}
    starts = {(entry["package"]["name"], event["introduced"]) for record in fixture.alive.values() for entry in record["affected"]
              for found_range in entry["ranges"] for event in found_range["events"] if "introduced" in event and "package" in entry}
    own_way = lambda ecosystem, name, at: "-" in at and (name, at.partition("-")[0]) in starts
    fixture.judge("cve-lite", version, questions, answers, Caveat(caveat, fixture.repository), own_way)


main()
