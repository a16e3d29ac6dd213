"""Owns: asking osv-scanner, offline, about a project for every bound of every record, and judging each answer.

Usage: scanner.py CAVEAT REPOSITORY SITE FIXTURE WORK VERSION=BINARY..

For each package of each record, projects pin the first affected version, the version just below a fix, the fix, the
last affected version and so on. The scanner must name exactly the ids that an independent reading of the records gives:
nothing missing, nothing too many, nothing withdrawn. Then the same of the made-up feed of more ecosystems.
"""

import shutil
import sys
from pathlib import Path

from affected import Caveat
from fixture import Fixture, locked
from osv_scanner import scan, unpacked
from projects import write_project
from verdicts import ecosystems, records, scanned, verdict
from versions import SUPPORTED, affects, just_below, key, version_ranges

LOWEST = {"PyPI": "0.0.0", "crates.io": "0.0.0", "npm": "0.0.0"}


def probes(found):
    """(ecosystem, name, version) to ask about, sorted: each bound of each range, and its neighbour below."""
    asked = set()
    for record in found.values():
        for entry in record["affected"]:
            package = entry.get("package", {})
            if package.get("ecosystem") not in SUPPORTED:
                continue
            for version in bounds(package["ecosystem"], entry):
                asked.add((package["ecosystem"], package["name"], version))
    return sorted(asked)


def bounds(ecosystem, entry):
    """The versions worth asking about for one affected entry."""
    for version in entry.get("versions", []):
        yield version
    for found in version_ranges(entry):
        for event in found["events"]:
            ((_, bound),) = event.items()
            if bound == "0":
                yield LOWEST[ecosystem]
                continue
            yield bound
            below = just_below(ecosystem, bound)
            if below is not None and key(ecosystem, below) < key(ecosystem, bound):
                yield below


def judge(client, version, found, asked, answers):
    """Compare every answer with the independent reading; one verdict for each kind of question."""
    unseen, missed, excess, revived = [], [], [], []
    for path, (ecosystem, name, pinned) in asked.items():
        if path not in answers:
            unseen.append(f"{ecosystem} {name} {pinned}")
            continue
        ids = answers[path]
        expected = {identity for identity, record in found.items() if affects(record, ecosystem, name, pinned)}
        label = f"{ecosystem} {name} {pinned}"
        missed += [f"{label}: {missing}" for missing in sorted(expected - ids)]
        for extra in sorted(ids - expected):
            (revived if "withdrawn" in found.get(extra, {}) else excess).append(f"{label}: {extra}")
    count = len(asked)
    verdict(client, version, f"reads all {count} projects", unseen)
    verdict(client, version, "names our id for each affected version", missed)
    verdict(client, version, "names no id for a fixed or unaffected version", excess)
    verdict(client, version, "names no withdrawn id", revived)


def rows(client, version, caveat, asked, answers):
    """For each ecosystem one project of each kind in the table of scanners, held against `caveat affected`."""
    projects = {}
    for path, probe in asked.items():
        projects.setdefault(probe[:2], []).append((probe[2], answers.get(path, set())))
    done = set()
    for (ecosystem, name), pinned in sorted(projects.items()):
        if ecosystem in done:
            continue
        told = [(at, caveat.ids(f"{ecosystem}/{name}@{at}"), ids) for at, ids in pinned]
        vulnerable, fixed = [one for one in told if one[1]], [one for one in told if not one[1]]
        if vulnerable and fixed:
            scanned(client, version, f"{ecosystem}/{name}", vulnerable[-1], fixed[-1])
            done.add(ecosystem)


def reach(found, asked):
    """The questions themselves: every package of every live record is hit once, and spared once where a fix is known."""
    problems = []
    for identity, record in found.items():
        for entry in record["affected"]:
            package = entry.get("package")
            if package is None:
                continue
            ecosystem, name = package["ecosystem"], package["name"]
            label = f"{identity} {ecosystem} {name}"
            if ecosystem not in SUPPORTED:
                problems.append(f"{label}: no project can be written for this ecosystem")
                continue
            answers = {affects(record, *probe) for probe in asked if probe[:2] == (ecosystem, name)}
            fixed = any("fixed" in event for found_range in version_ranges(entry) for event in found_range["events"])
            if "withdrawn" not in record and True not in answers:
                problems.append(f"{label}: no affected version to ask about")
            if fixed and False not in answers:
                problems.append(f"{label}: no fixed version to ask about")
    return problems


def made_up(client, version, program, fixture, work, caveat):
    """The made-up feed: each version of each package that a lock file can name."""
    projects = work / f"made-up-{version}"
    asked = fixture.projects(projects, *locked())
    told = scan(version, program, unpacked(fixture.site, work / "made-up-db"), projects)
    answers = {(ecosystem, name, at): told[path][name] for path, (ecosystem, pins) in asked.items()
               for name, at in pins.items() if name in told.get(path, {})}
    questions = [(ecosystem, name, at) for ecosystem, pins in asked.values() for name, at in pins.items()]
    fixture.judge(client, version, questions, answers, caveat)


def main():
    """Write the projects once, then ask each scanner."""
    binary, repository, site, made, work, *clients = sys.argv[1:]
    caveat, work, fixture = Caveat(binary, repository), Path(work), Fixture(made)
    shutil.rmtree(work, ignore_errors=True)
    found = records(site)
    wanted = probes(found)
    asked = {}
    for number, (ecosystem, name, pinned) in enumerate(wanted):
        asked[write_project(work / "projects" / f"{number:05}", ecosystem, {name: pinned})] = ecosystem, name, pinned
    named = sorted({ecosystem for record in found.values() for ecosystem in ecosystems(record)})
    question = f"{len(wanted)} projects reach every package of {len(found)} records ({', '.join(named)})"
    verdict("interop", "-", question, reach(found, wanted))
    base = unpacked(site, work / "db")
    for client in clients:
        version, program = client.split("=", 1)
        told = scan(version, program, base, work / "projects")
        answers = {path: set().union(*ids.values()) for path, ids in told.items()}
        judge("osv-scanner", version, found, asked, answers)
        rows("osv-scanner", version, caveat, asked, answers)
        made_up("osv-scanner", version, program, fixture, work, Caveat(binary, fixture.repository))


main()
