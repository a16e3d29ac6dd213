"""Owns: that programs which read changelogs read what `caveat notes` writes into them, and lose no advisory.

Usage: notes.py CAVEAT CLONE SITE WORK NODE_MODULES
The packages, versions and advisories are those of the clone; nothing is written outside of WORK.
"""

import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import keepachangelog
from debian.changelog import Changelog

import hostile_notes
from verdicts import verdict

# What npm's keep-a-changelog makes of a file: for each release, the texts of each type.
NPM = """
import { parser } from "%s/keep-a-changelog/mod.js";
import fs from "fs";
const read = parser(fs.readFileSync(process.argv[1], "utf8"));
const told = (release) => [...release.changes].map(([type, list]) => [type, list.map((one) => one.title + "\\n" + one.description)]);
console.log(JSON.stringify(Object.fromEntries(read.releases.map((one) => [String(one.version ?? "unreleased"), Object.fromEntries(told(one))]))));
"""


def caveat(*words):
    """What the program prints; it must end well."""
    said = subprocess.run(words, capture_output=True, text=True, check=False)
    print(said.stderr, file=sys.stderr)
    if said.returncode:
        sys.exit(f"{' '.join(map(str, words))}: status {said.returncode}: {said.stderr}")
    return said.stdout


def releases(site):
    """Every release with notes: package, version, ids. From the site, so that no range is read a second time here."""
    found = []
    for path in sorted(site.glob("notes/**/*.md")):
        ids = re.findall(r"\[(x_[A-Z0-9]+-\d{4}-\d+)\]\(", path.read_text("utf-8"))
        package = path.parent.relative_to(site / "notes").as_posix()
        found.append((package, path.stem, ids))
    if len(found) < 10:
        sys.exit(f"{site}: fewer than ten releases have notes")
    return found


def changelog(work, versions, end):
    """A changelog as people keep it, with a heading for each version."""
    text = "# Changelog\n\nAll that matters.\n\n## [Unreleased]\n"
    for one in versions:
        text += f"\n## [{one}] - 2026-01-01\n\n### Fixed\n\n- A thing.\n"
    text += "".join(f"{chr(10) if one == versions[0] else ''}[{one}]: https://example.org/{one}\n" for one in versions)
    path = work / "CHANGELOG.md"
    path.write_bytes(text.replace("\n", end).encode())
    return path


def pypi(path):
    """The security entries of each version, as PyPI's keepachangelog reads them."""
    read = keepachangelog.to_dict(str(path))
    return {one: "\n".join(told.get("security", [])) for one, told in read.items()}


def npm(path, modules):
    """The same by npm's keep-a-changelog."""
    command = ["node", "--input-type=module", "-e", NPM % modules, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode:
        return {}, [line for line in said.stderr.splitlines() if "Error" in line][:1]
    read = json.loads(said.stdout)
    return {one: "\n".join(told.get("security", [])) for one, told in read.items()}, []


def missing(wanted, told):
    """Advisories that a reader does not have below their version."""
    return [f"{id} of {one}" for one, ids in wanted.items() for id in ids if id not in told.get(one, "")]


def judge_changelogs(binary, clone, work, found, modules):
    """Every package with plain versions, in both kinds of line ends."""
    wrong = {"pypi": [], "npm": [], "again": []}
    packages = sorted({package for package, one, _ in found if re.fullmatch(r"\d+\.\d+\.\d+", one)})
    for package in packages:
        mine = [(one, ids) for name, one, ids in found if name == package and re.fullmatch(r"\d+\.\d+\.\d+", one)]
        wanted = dict(mine)
        for end in ["\n", "\r\n"]:
            path = changelog(work, list(wanted), end)
            caveat(binary, "-C", clone, "notes", package, "--into", path)
            before = path.read_bytes()
            caveat(binary, "-C", clone, "notes", package, "--into", path)
            caveat(binary, "-C", clone, "notes", package, "--into", path, "--check")
            if path.read_bytes() != before:
                wrong["again"].append(package)
        path.write_bytes(before.replace(b"\r\n", b"\n"))
        wrong["pypi"] += missing(wanted, pypi(path))
        told, failed = npm(path, modules)
        wrong["npm"] += failed + missing(wanted, told)
    asked = f"changelogs of {len(packages)} packages hold every advisory"
    verdict("keepachangelog", version("keepachangelog"), asked, wrong["pypi"])
    package = json.loads(Path(modules, "keep-a-changelog/package.json").read_text("utf-8"))
    verdict("keep-a-changelog", package["version"], asked, wrong["npm"])
    verdict("caveat", "-", "a second run changes no byte", wrong["again"])


def debian_entry(lines):
    """An entry around our lines, as whoever uploads writes it."""
    foot = " -- A Packager <a@example.org>  Fri, 20 Nov 2026 00:00:00 +0000"
    return f"package (1.0-1) unstable; urgency=high\n\n{lines}\n{foot}\n"


def dpkg(path, text):
    """What dpkg reads in a changelog, and what it complains of."""
    path.write_text(text, "utf-8")
    said = subprocess.run(["dpkg-parsechangelog", "-l", str(path)], capture_output=True, text=True, check=False)
    closed = ["a bug is closed"] if "\nCloses:" in said.stdout or "\nLaunchpad-Bugs-Fixed:" in said.stdout else []
    return said.stdout, closed + ([said.stderr] if said.returncode or said.stderr else [])


def judge_debian(binary, clone, work, found):
    """dpkg and python-debian read every entry without a warning, and no bug is closed."""
    of_dpkg, of_python = [], []
    path = work / "debian-changelog"
    for package, one, ids in found:
        lines = caveat(binary, "-C", clone, "notes", package, one, "--as", "debian")
        text = debian_entry(lines)
        read, complaints = dpkg(path, text)
        of_dpkg += [f"{package} {one}: {complaint}" for complaint in complaints]
        of_dpkg += [f"{package} {one}: {id}" for id in ids if id not in read]
        entry = Changelog(text, strict=True)[0]
        if any(id not in "\n".join(entry.changes()) for id in ids) or entry.bugs_closed:
            of_python.append(f"{package} {one}")
    asked = f"entries of {len(found)} releases hold every advisory and close no bug"
    said = subprocess.run(["dpkg-parsechangelog", "--version"], capture_output=True, text=True, check=True)
    verdict("dpkg-parsechangelog", re.search(r"\d[\d.]*\d", said.stdout)[0], asked, of_dpkg)
    verdict("python-debian", version("python-debian"), asked, of_python)


TOWNCRIER = """[tool.towncrier]
name = "Package"
directory = "changelog.d"
filename = "NEWS.md"
[[tool.towncrier.type]]
directory = "security"
name = "Security"
showcontent = true
"""


def judge_rpm(binary, clone, work, found):
    """rpm reads every entry, without a macro in it."""
    wrong = []
    for package, one, ids in found:
        entries, complaints = hostile_notes.rpm(work, caveat(binary, "-C", clone, "notes", package, one, "--as", "rpm"))
        wrong += [f"{package} {one}: {complaint}" for complaint in complaints]
        wrong += [f"{package} {one}: {id}" for id in ids if len(entries) != 2 or id not in entries[0]]
    verdict("rpm", hostile_notes.rpm_version(), f"entries of {len(found)} releases hold every advisory", wrong)


def towncrier(binary, clone, work, package, one):
    """The news of a release, which towncrier makes of our fragments."""
    room = work / "towncrier"
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir()
    (room / "pyproject.toml").write_text(TOWNCRIER, "utf-8")
    caveat(binary, "-C", clone, "notes", package, one, "--as", "towncrier", "--into", room / "changelog.d")
    command = [Path(sys.executable).with_name("towncrier"), "build", "--version", one, "--date", "2026-01-01", "--draft"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=room)


def judge_towncrier(binary, clone, work, found):
    """Fragments of every release become its news."""
    wrong = []
    for package, one, ids in found:
        said = towncrier(binary, clone, work, package, one)
        if said.returncode or not re.search(r"(?m)^#+ Security$", said.stdout) or any(id not in said.stdout for id in ids):
            wrong.append(f"{package} {one}: {said.stderr}")
    verdict("towncrier", version("towncrier"), f"fragments of {len(found)} releases become news", wrong)


def judge_hostile(binary, work, modules):
    """Every form of a release whose texts try to break it, and a changelog that has it."""
    clone = hostile_notes.repository(work / "hostile")
    hostile_notes.judge(
        lambda form: caveat(binary, "-C", clone, "notes", "p", "2.0.1", "--as", form),
        work,
        lambda: towncrier(binary, clone, work, "p", "2.0.1").stdout,
        lambda lines: dpkg(work / "debian-changelog", debian_entry(lines)),
    )
    path = changelog(work, ["2.1.0", "2.0.0"], "\n")
    write = [binary, "-C", clone, "notes", "p", "2.0.1", "--into", path]
    caveat(*write, "--date", "2026-11-20")
    caveat(*write, "--check")
    caveat(binary, "-C", clone, "notes", "p", "--into", path, "--check")
    count = len(hostile_notes.TEXTS)
    ids = {"2.0.1": [f"x_HOST-2026-{number:04}" for number in range(1, count + 1)], "2.0.0": [], "2.1.0": []}
    told, failed = npm(path, modules)
    for client, told, failed in (("keepachangelog", pypi(path), []), ("keep-a-changelog", told, failed)):
        if set(told) - {"unreleased"} != set(ids):
            failed = [*failed, f"releases {sorted(told)}"]
        verdict(client, "-", f"a new heading and {count} hostile advisories, no other release", failed + missing(ids, told))


def main():
    """Judge every form that a program reads."""
    binary, clone, site, work, modules = (Path(word).resolve() for word in sys.argv[1:])
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    found = releases(site)
    judge_changelogs(binary, clone, work, found, modules)
    judge_debian(binary, clone, work, found)
    judge_rpm(binary, clone, work, found)
    judge_towncrier(binary, clone, work, found[:8])
    judge_hostile(binary, work, modules)


main()
