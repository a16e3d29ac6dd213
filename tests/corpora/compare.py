"""Owns: whether our feed and the owner's say the same about every version that either of them names.

Usage: compare.py OURS THEIRS      two directories of OSV records
Versions are judged by the algorithm of the OSV specification and by SemVer, section 11, written down here anew: what
this repository's own code thinks of versions must not decide. Exit 1 where a verdict differs.
Must never look at anything but packages and versions.
"""

import json
import re
import sys
from pathlib import Path

# Of a site, one directory of records is enough: all others hold the same bytes.
PLACE = re.compile(r"^(?!.*/public/)|/public/osv/[^/]*-[^/]*[.]json$")
VERSION = re.compile(r"^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$")


def key(text: str):
    """A key that sorts as SemVer does; `0` is before everything."""
    if text == "0":
        return (-1,)
    found = VERSION.match(text)
    if not found:
        raise ValueError(f"{text} is no version")
    numbers = tuple(int(part or 0) for part in found.groups()[:3])
    if found[4] is None:
        return (0, numbers, (1,))
    parts = [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in found[4].split(".")]
    return (0, numbers, (0, *parts))


TOKEN = re.compile(r"_?[a-z]+|\d+|-r")
BEFORE = {"_alpha": 0, "_beta": 1, "_pre": 2, "_rc": 3}


def apk_key(text: str):
    """A key that sorts as apk does: what comes after decides, `_rc` before nothing, nothing before `-r1`, `_p1`, `a`, `.1`."""
    if text == "0":
        return ((-2,),)
    parts = []
    for token in TOKEN.findall(text):
        if token.isdigit():
            parts.append((4, int(token), ""))
        elif token in BEFORE:
            parts.append((-1, BEFORE[token], ""))
        else:
            parts.append(({"-": 1, "_": 2}.get(token[0], 3), 0, token))
    return (*parts, (0, 0, ""))


def order(row: dict):
    return apk_key if row.get("package", {}).get("purl", "").startswith("pkg:apk/") else key


def is_affected(version: str, rows: list[dict]) -> bool:
    return any(
        version in row.get("versions", []) or any(holds(version, range_, order(row)) for range_ in row.get("ranges", []))
        for row in rows
    )


def holds(version: str, range_: dict, key) -> bool:
    """Sorted events, walked through: the last one that says something decides."""
    if range_["type"] == "GIT":
        return False
    at = key(version)
    events = [(key(text), kind) for event in range_["events"] for kind, text in event.items()]
    events.sort(key=lambda event: event[0])  # stable: at one version the written order counts
    inside = False
    for place, kind in events:
        if kind == "introduced" and at >= place:
            inside = True
        elif kind == "fixed" and at >= place:
            inside = False
        elif kind == "last_affected" and at > place:
            inside = False
    return inside


def packages(record: dict) -> dict[tuple, list[dict]]:
    rows: dict[tuple, list[dict]] = {}
    for row in record.get("affected", []):
        rows.setdefault((row["package"]["ecosystem"], row["package"]["name"]), []).append(row)
    return rows


def named(rows: list[dict]) -> set[str]:
    """Every version that is written down; `0` is none."""
    ranges = [range_ for row in rows for range_ in row.get("ranges", []) if range_["type"] != "GIT"]
    events = {text for range_ in ranges for event in range_["events"] for text in event.values()}
    return (events | {text for row in rows for text in row.get("versions", [])}) - {"0"}


def records(directory: str) -> dict[str, dict]:
    found = {}
    for path in sorted(Path(directory).rglob("*.json")):
        if not PLACE.search(str(path)):
            continue
        record = json.loads(path.read_text())
        if isinstance(record, dict) and "affected" in record and "id" in record:
            prefix, _, number = record["id"].rpartition("-")
            found[f"{prefix}-{number:0>4}"] = record
    return found


def main(ours: dict, theirs: dict) -> int:
    equal = 0
    different = []
    for name in sorted(ours.keys() & theirs.keys()):
        mine, other = packages(ours[name]), packages(theirs[name])
        for package in sorted(mine.keys() | other.keys()):
            rows = mine.get(package, []), other.get(package, [])
            for version in sorted(named(rows[0]) | named(rows[1])):
                verdicts = [is_affected(version, side) for side in rows]
                equal += verdicts[0] == verdicts[1]
                if verdicts[0] != verdicts[1]:
                    words = ["affected" if verdict else "not affected" for verdict in verdicts]
                    different.append(f"{name} {package[1]} {version}: ours {words[0]}, theirs {words[1]}")
    print(f"  records: {len(ours.keys() & theirs.keys())} in both, {len(theirs.keys() - ours.keys())} only theirs, "
          f"{len(ours.keys() - theirs.keys())} only ours")
    print(f"  verdicts: {equal} equal, {len(different)} different")
    for line in different:
        print(f"    {line}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(records(sys.argv[1]), records(sys.argv[2])))
