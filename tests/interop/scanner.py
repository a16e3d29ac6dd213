"""Owns: asking osv-scanner, offline, about a project for every bound of every record, and judging each answer.

Usage: scanner.py CAVEAT REPOSITORY SITE WORK VERSION=BINARY..

For each package of each record, projects pin the first affected version, the version just below a fix, the fix, the
last affected version and so on. The scanner must name exactly the ids that an independent reading of the records gives:
nothing missing, nothing too many, nothing withdrawn.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from affected import Caveat
from verdicts import ecosystems, records, scanned, verdict
from versions import SUPPORTED, affects, just_below, key, version_ranges

# Which folder and variable a version of osv-scanner reads its offline zips from: changed in 2.5.0.
OLD_LAYOUT = ("osv-scanner", "OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY")
NEW_LAYOUT = ("osv-scalibr", "OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY")
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


def write_project(folder, ecosystem, name, version):
    """One lock file that pins one version of one package; returns its path."""
    folder.mkdir(parents=True)
    if ecosystem == "PyPI":
        path, text = folder / "requirements.txt", f"{name}=={version}\n"
    elif ecosystem == "npm":
        path, text = folder / "package-lock.json", npm_lock(name, version)
    else:
        path, text = folder / "Cargo.lock", cargo_lock(name, version)
    path.write_text(text, "utf-8")
    return str(path.resolve())


def npm_lock(name, version):
    """The smallest package-lock.json of version 3 that npm itself reads."""
    packages = {"": {"dependencies": {name: version}}, f"node_modules/{name}": {"version": version}}
    return json.dumps({"name": "probe", "lockfileVersion": 3, "requires": True, "packages": packages}, indent=1)


def cargo_lock(name, version):
    """A Cargo.lock with the one package; it needs a source, else it would be a local crate."""
    source = "registry+https://github.com/rust-lang/crates.io-index"
    return f'version = 3\n\n[[package]]\nname = "{name}"\nversion = "{version}"\nsource = "{source}"\n'


def lay_out(site, base, folder):
    """The site's zips where the scanner looks for them."""
    for ecosystem in (Path(site, "osv", "ecosystems.txt")).read_text("utf-8").splitlines():
        target = base / folder / ecosystem
        target.mkdir(parents=True)
        shutil.copyfile(Path(site, "osv", ecosystem, "all.zip"), target / "all.zip")


def scan(binary, variable, base, projects):
    """Run the scanner; {lock file: ids}. It ends with 1 when it found something, 0 when nothing."""
    command = [binary, "scan", "source", "--offline", "--no-resolve", "--no-ignore", "--recursive", "--all-packages"]
    command += ["--all-vulns", "--format", "json", str(projects)]
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(command, env=environment | {variable: str(base)}, capture_output=True, text=True, timeout=300)
    print(done.stderr, file=sys.stderr)
    if done.returncode not in (0, 1):
        sys.exit(f"{binary}: status {done.returncode}")
    answers = {}
    for result in json.loads(done.stdout)["results"]:
        for package in result["packages"]:
            answers[result["source"]["path"]] = {found["id"] for found in package.get("vulnerabilities", [])}
    return answers


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


def main():
    """Write the projects once, then ask each scanner."""
    binary, repository, site, work, *clients = sys.argv[1:]
    caveat, work = Caveat(binary, repository), Path(work)
    shutil.rmtree(work, ignore_errors=True)
    found = records(site)
    wanted = probes(found)
    asked = {}
    for number, probe in enumerate(wanted):
        asked[write_project(work / "projects" / f"{number:05}", *probe)] = probe
    named = sorted({ecosystem for record in found.values() for ecosystem in ecosystems(record)})
    question = f"{len(wanted)} projects reach every package of {len(found)} records ({', '.join(named)})"
    verdict("interop", "-", question, reach(found, wanted))
    for client in clients:
        version, program = client.split("=", 1)
        newer = tuple(map(int, version.split("."))) >= (2, 5, 0)
        folder, variable = NEW_LAYOUT if newer else OLD_LAYOUT
        lay_out(site, work / f"db-{version}", folder)
        answers = scan(program, variable, work / f"db-{version}", work / "projects")
        judge("osv-scanner", version, found, asked, answers)
        rows("osv-scanner", version, caveat, asked, answers)


main()
