"""Owns: whether foxguard, vdb and cve-lite take in every one of many real records, from the files that a site has for them.

Usage: loaded.py SITE WORK FOXGUARD NPM
"""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version as installed
from pathlib import Path

from foxguard import scan
from imported import Index, bounds
from projects import write_project
from vdb_search import filled
from verdicts import records, verdict


def foxguard(site, found, work, binary):
    """Crates in one Cargo.lock, each in several versions: exactly the ids of the records, withdrawn ones besides."""
    index, asked = Index(found), sorted({place for record in found.values() for place in bounds(record) if place[0] == "crates.io"})
    gone = {identity for identity, record in found.items() if "withdrawn" in record}
    versions = {}
    for _, name, version in asked:
        versions.setdefault(name, []).append(version)
    for nth in range(max(map(len, versions.values()))):
        write_project(work / f"projects/{nth}", "crates.io", {name: all_of_it[nth] for name, all_of_it in versions.items() if nth < len(all_of_it)})
    answers = {}
    for (_, name, version), ids in scan(binary, Path(site, "osv"), work / "projects").items():
        answers.setdefault(("crates.io", name, version), set()).update(ids - gone)
    wrong = [" ".join(place) for place in asked if index.ids(*place) != answers.get(place, set())]
    verdict("foxguard", installed("foxguard"), f"loads osv/; {len(asked)} versions of crates: exactly the ids that the records say", wrong)


def vdb(site, found, work):
    """Every live record that has a purl of a kind it keeps is found by it."""
    os.environ["VDB_HOME"] = str(work / "vdb")
    (work / "vdb").mkdir()
    names = {alias: key for key, record in found.items() for alias in record.get("aliases", [])}
    wanted = {(key, entry["package"]["purl"]) for key, record in found.items() if "withdrawn" not in record
              for entry in record["affected"] if entry.get("package", {}).get("ecosystem") == "crates.io"}
    find = filled(site, {"crates.io": "rust"})
    told = {purl: {names.get(one["cve_id"], one["cve_id"]) for one in find(purl)} | {one["cve_id"] for one in find(purl)} for _, purl in wanted}
    lost = sorted(key for key, purl in wanted if key not in told[purl])
    verdict("vdb", installed("appthreat-vulnerability-db"), f"has each of {len(wanted)} live records of crates", lost)


def cve_lite(site, found, work, npm):
    """The archive of everything goes in whole, though it asks for npm alone."""
    version = json.loads(Path(npm, "node_modules/cve-lite-cli/package.json").read_text())["version"]
    command = ["node", str(Path(__file__).with_name("cvelite.mjs")), npm, f"{site}/osv/all.zip", str(work / "feed.db")]
    count = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    live = sum("withdrawn" not in record for record in found.values())
    verdict("cve-lite", version, f"loads all {live} live records", [] if count == live else [f"{count} loaded"])


def main():
    """Each in turn."""
    site, work, binary, npm = sys.argv[1], Path(sys.argv[2]), *sys.argv[3:]
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    found = records(site)
    foxguard(site, found, work, binary)
    vdb(site, found, work)
    cve_lite(site, found, work, npm)


main()
