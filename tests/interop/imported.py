"""Owns: whether every one of many real records can be hit: each scanner that reads any ecosystem, about versions of them all.

Usage: imported.py SITE WORK VERSION=OSV_SCANNER..
For each package of each live record two versions are asked about, one that it affects and one that it does not; the answer
must be exactly what an independent reading of the records says.
"""

import json
import shutil
import sys
from pathlib import Path

from osv_scanner import run, unpacked
from verdicts import records, verdict
from versions import ORDERED, affects, version_ranges

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


def judge(client, version, live, index, asked, answers):
    """Exactly our ids for each version, and each record named at least once."""
    wrong = []
    for question in asked:
        ours, theirs = index.ids(*question), answers.get(question)
        if theirs is None or ours != theirs:
            wrong.append(f"{' '.join(question)}: the records say {sorted(ours)}, the client {theirs if theirs is None else sorted(theirs)}")
    verdict(client, version, f"{len(asked)} versions: exactly the ids that the records say", wrong)
    named = set().union(*answers.values())
    verdict(client, version, f"names each of {len(live)} live records for some version", sorted(live - named))


def main():
    """All questions in one run of each scanner."""
    site, work, *clients = sys.argv[1], Path(sys.argv[2]), *sys.argv[3:]
    shutil.rmtree(work, ignore_errors=True)
    found = records(site)
    live = {identity for identity, record in found.items() if "withdrawn" not in record}
    unknown = sorted({place[0] for record in found.values() for place in bounds(record)} - {one for one in ORDERED})
    unknown = [name for name in unknown if name.partition(":")[0] not in ORDERED]
    verdict("interop", "-", "an order is known for every ecosystem of the records", unknown)
    index, asked = Index(found), sorted({place for record in found.values() for place in bounds(record)})
    what, base = list(projects(work / "projects", asked)), unpacked(site, work / "db")
    for client in clients:
        version, program = client.split("=", 1)
        answers = {}
        for result in run(version, program, base, what):
            for one in result["packages"]:
                place = tuple(one["package"][field] for field in ("ecosystem", "name", "version"))
                answers.setdefault(place, set()).update(flaw["id"] for flaw in one.get("vulnerabilities", []))
        judge("osv-scanner", version, live, index, asked, answers)


if __name__ == "__main__":
    main()
