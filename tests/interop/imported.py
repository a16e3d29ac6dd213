"""Owns: whether every one of many real records can be hit: each scanner that reads any ecosystem, about versions of them all.

Usage: imported.py SITE WORK VERSION=OSV_SCANNER..
Every bound of every range is asked about; the answer must be exactly what an independent reading of the records says. And
every record is given one more package, of an ecosystem that each scanner reads, and is asked for by it: what else is in the
record is then known to be understood, or the whole would have been dropped.
"""

import json
import shutil
import sys
import zipfile
from pathlib import Path

from osv_scanner import run, unpacked
from verdicts import records, verdict
from versions import ORDERED, affects, version_ranges

# From 2.5 on it takes no other ecosystem of these from a file.
READ_BY_NEWER = {"crates.io"}
# A record with an unknown key: a scanner that takes it in would tell nothing of the others.
SPOILT = "GSD-2026-0001"
# Below every version that a range can begin with.
LOWEST = {"Alpaquita": "0-r0", "Alpine": "0-r0", "BellSoft Hardened Containers": "0-r0"}


def bounds(record):
    """(ecosystem, name, version) of every bound of every range, "0" as a low version."""
    for entry in record["affected"]:
        package = entry.get("package")
        if package is None:
            continue
        for event in (event for found in version_ranges(entry) for event in found["events"]):
            ((_, bound),) = event.items()
            low = LOWEST.get(package["ecosystem"].partition(":")[0], "0.0.0")
            yield package["ecosystem"], package["name"], low if bound == "0" else bound


class Index:
    """The records by package, so that thousands of questions take no time."""

    def __init__(self, found):
        self.by_package = {}
        for identity, record in found.items():
            for entry in record["affected"]:
                if "package" in entry:
                    place = entry["package"]["ecosystem"], entry["package"]["name"]
                    self.by_package.setdefault(place, {})[identity] = record

    def ids(self, ecosystem, name, version):
        """Those that affect this version, read by the order of versions.py."""
        return {identity for identity, record in self.by_package[ecosystem, name].items() if affects(record, ecosystem, name, version)}


def projects(folder, asked):
    """Files in which osv-scanner is told of packages of any ecosystem; one for each, since it takes those of the same name for one."""
    for number, name in enumerate(sorted({ecosystem for ecosystem, _, _ in asked})):
        packages = [{"package": {"ecosystem": ecosystem, "name": package, "version": version}}
                    for ecosystem, package, version in asked if ecosystem == name]
        path = (folder / str(number) / "osv-scanner-custom.json").resolve()
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"results": [{"source": {"path": "probe", "type": "lockfile"}, "packages": packages}]}), "utf-8")
        yield from ("-L", f"osv-scanner:{path}")


def answered(version, program, base, what):
    """{(ecosystem, name, version): ids}."""
    answers = {}
    for result in run(version, program, base, what):
        for one in result["packages"]:
            place = tuple(one["package"][field] for field in ("ecosystem", "name", "version"))
            answers.setdefault(place, set()).update(flaw["id"] for flaw in one.get("vulnerabilities", []))
    return answers


def exact(client, version, index, asked, answers):
    """Exactly our ids for each version."""
    wrong = []
    for question in asked:
        ours, theirs = index.ids(*question), answers.get(question)
        if theirs is None or ours != theirs:
            wrong.append(f"{' '.join(question)}: the records say {sorted(ours)}, the client {theirs if theirs is None else sorted(theirs)}")
    names = ", ".join(sorted({ecosystem for ecosystem, _, _ in asked}))
    verdict(client, version, f"{len(asked)} versions of {names}: exactly the ids that the records say", wrong)


def marked(found, base):
    """All records as those of one ecosystem, each with a package of its own besides; and a spoilt one, which is to be dropped."""
    spoilt = next(iter(found.values())) | {"id": SPOILT, "references": [{"type": "WEB", "url": "https://example.org", "owner": "x"}]}
    for directory in ("osv-scanner", "osv-scalibr"):
        place = base / directory / "crates.io"
        place.mkdir(parents=True)
        with zipfile.ZipFile(place / "all.zip", "w") as archive:
            for identity, record in [*found.items(), (SPOILT, spoilt)]:
                mark = {"package": {"ecosystem": "crates.io", "name": identity.lower()},
                        "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}
                archive.writestr(f"{identity}.json", json.dumps(record | {"affected": [*record["affected"], mark]}))
    return base


def main():
    """All questions in one run of each scanner, then all records in another."""
    site, work, *clients = sys.argv[1], Path(sys.argv[2]), *sys.argv[3:]
    shutil.rmtree(work, ignore_errors=True)
    found = records(site)
    live = {identity for identity, record in found.items() if "withdrawn" not in record}
    index, asked = Index(found), sorted({place for record in found.values() for place in bounds(record)})
    unknown = sorted({ecosystem for ecosystem, _, _ in asked if ecosystem.partition(":")[0] not in ORDERED})
    verdict("interop", "-", "an order is known for every ecosystem of the records", unknown)
    what, base = list(projects(work / "projects", asked)), unpacked(site, work / "db")
    marks = [("crates.io", identity.lower(), "1.0.0") for identity in [*sorted(found), SPOILT]]
    marks, marked_base = list(projects(work / "marks", marks)), marked(found, work / "marked")
    for client in clients:
        version, program = client.split("=", 1)
        newer = tuple(map(int, version.split("."))) >= (2, 5, 0)
        read = [one for one in asked if not newer or one[0] in READ_BY_NEWER]
        exact("osv-scanner", version, index, read, answered(version, program, base, what))
        named = set().union(*answered(version, program, marked_base, marks).values())
        verdict("osv-scanner", version, f"takes in each of {len(live)} live records whole, and no withdrawn one", sorted(live ^ named))


if __name__ == "__main__":
    main()
