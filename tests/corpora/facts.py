"""Owns: whether our record of an advisory tells every fact of its owner's, and tells nothing else of it.

Usage: facts.py NAME OURS THEIRS [MENDED]     OURS and THEIRS are directories of OSV records; THEIRS may have `ids.tsv`
(see renumber.py), MENDED is what prepare.py did. Prints how many records are equal, better or different, each kind with a
count and an example. Exit 1 where one is different, and where a change to one fact of a record is not noticed.
Must never take a value for another because it is easier: each kind of difference that is allowed is written down here.
"""

import copy
import sys
from collections import Counter
from pathlib import Path

from compare import is_affected, named, packages, records
from otherwise import LISTS, Pair, leaves, otherwise

# Facts that are compared as what they are, with how each is taken out of a record.
EXACT = {
    "aliases": lambda r: set(r.get("aliases") or []),
    "related": lambda r: set(r.get("related") or []),
    "upstream": lambda r: set(r.get("upstream") or []),
    "severity": lambda r: {(one["type"], one["score"]) for one in scores(r)},
    "references": lambda r: {link["url"] for link in r.get("references") or []},
    "credits": lambda r: {(one["name"], one.get("type")) for one in r.get("credits") or []},
    "published": lambda r: seconds(r.get("published")),
    "modified": lambda r: seconds(r.get("modified")),
    "withdrawn": lambda r: seconds(r.get("withdrawn")),
}


def scores(record: dict) -> list[dict]:
    """Wherever they stand: OSV has them either for the whole record or for each package."""
    rows = record.get("affected") or []
    return (record.get("severity") or []) + [one for row in rows for one in row.get("severity") or []]


def seconds(moment: str | None) -> str | None:
    return moment and moment[:19]


def judge(pair: Pair) -> list[tuple[str, str, str]]:
    """What differs: (`better`, `otherwise` or `different`, the kind, an example)."""
    found = []
    for fact, read in EXACT.items():
        mine, other = read(pair.ours), read(pair.theirs)
        if mine != other:
            found += otherwise(pair, fact, mine, other)
    found += typed(pair)
    found += details(pair)
    found += verdicts(pair)
    said = {value for _, value in leaves(pair.ours)}
    for path, value in leaves(pair.theirs):
        if value not in said and path not in LISTS:
            found += otherwise(pair, path, None, value)
    return found


def details(pair: Pair) -> list[tuple[str, str, str]]:
    """The owner's text must be in ours, which also has the impact and the reason of a withdrawal."""
    mine, other = pair.text(pair.ours["details"]), pair.text(pair.theirs.get("details"))
    if other in mine:
        return []
    tight = ["\n".join(line for line in text.splitlines() if line) for text in (mine, other)]
    if tight[1] in tight[0]:
        return [("otherwise", "an empty line of the text, which the owner's exporter leaves out", pair.id)]
    return [("different", "details", pair.id)]


def typed(pair: Pair) -> list[tuple[str, str, str]]:
    """What is behind each link that both have."""
    mine, other = ({(link["url"], link["type"]) for link in side.get("references") or []} for side in (pair.ours, pair.theirs))
    both = EXACT["references"](pair.ours) & EXACT["references"](pair.theirs)
    mine, other = ({one for one in side if one[0] in both} for side in (mine, other))
    return otherwise(pair, "type", mine, other) if mine != other else []


def verdicts(pair: Pair) -> list[tuple[str, str, str]]:
    mine, other = packages(pair.ours), packages(pair.theirs)
    found = []
    for package in sorted(mine.keys() | other.keys()):
        rows = mine.get(package, []), other.get(package, [])
        for version in sorted(named(rows[0]) | named(rows[1])):
            pair.versions += 1
            if is_affected(version, rows[0]) != is_affected(version, rows[1]):
                found.append(("different", "verdict", f"{pair.id}: {'/'.join(package)} {version}"))
    return found


# One fact changed in our record: each must be noticed.
CHANGES = {
    "an alias less": lambda r: r["aliases"].pop(),
    "an upstream id more": lambda r: r["upstream"].append("CVE-2000-0001"),
    "another fix": lambda r: r["affected"][0]["ranges"][0]["events"][1].update(fixed="9999.0.0"),
    "another package": lambda r: r["affected"][0]["package"].update(name="another"),
    "another score": lambda r: r["severity"][0].update(score=r["severity"][0]["score"].replace("/AV:N", "/AV:L")),
    "another kind of link": lambda r: r["references"][1].update(type="DETECTION"),
    "a link less": lambda r: r["references"].pop(),
    "another publication": lambda r: r.update(published="2001-01-01T00:00:00Z"),
    "never withdrawn": lambda r: r.pop("withdrawn"),
    "a name less": lambda r: r["credits"].pop(),
    "half of the text": lambda r: r.update(details=r["details"][: len(r["details"]) // 2]),
    "no other data": lambda r: r.update(database_specific={}),
    "no data of the package": lambda r: r["affected"][0].pop("database_specific"),
}


# What the owner's record must say, so that there is something to miss.
NEEDS = {"half of the text": "details", "no other data": "database_specific"}


def selftest(pairs: list[Pair]) -> bool:
    """For each change: some equal record of this corpus on which it can be made, and on which it must be seen."""
    good, made = True, 0
    for what, change in CHANGES.items():
        for pair in pairs:
            if not pair.theirs.get(NEEDS.get(what, "id")):
                continue
            ours = copy.deepcopy(pair.ours)
            try:
                change(ours)
            except (KeyError, IndexError):
                continue
            if ours == pair.ours:
                continue
            made += 1
            changed = Pair(pair.corpus, pair.id, ours, pair.theirs, pair.mended)
            if not any(level == "different" for level, _, _ in judge(changed)):
                print(f"  NOT NOTICED: {what}, in {pair.id}")
                good = False
            break
    print(f"  {made} changes to one fact of a record, each of another kind: {'all' if good else 'NOT all'} noticed")
    return good


def paired(name: str, ours: Path, theirs: Path, mended: Path | None) -> tuple[list[Pair], int]:
    mine, other = records(str(ours)), records(str(theirs))
    mends: dict[str, set[str]] = {}
    for line in mended.read_text().splitlines() if mended and mended.exists() else []:
        record, what = line.split("\t")
        mends.setdefault(record, set()).add(what)
    both = sorted(mine.keys() & other.keys())
    pairs = [Pair(name, mine[one]["id"], mine[one], other[one], mends.get(mine[one]["id"], set())) for one in both]
    return pairs, len(other)


def main(name: str, ours: Path, theirs: Path, mended: Path | None = None) -> int:
    pairs, count = paired(name, ours, theirs, mended)
    kinds: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    equal, totals = [], Counter()
    for pair in pairs:
        found = judge(pair)
        levels = {level for level, _, _ in found}
        worst = next((level for level in ("different", "better") if level in levels), "equal")
        totals[worst] += 1
        if worst != "different":
            equal.append(pair)
        for level, kind in {(level, kind) for level, kind, _ in found}:
            kinds[level, kind] += 1
        for level, kind, example in found:
            examples.setdefault((level, kind), example)
    versions = sum(pair.versions for pair in pairs)
    print(f"  {len(pairs)} of {count} records compared, {versions} versions judged by both")
    print(f"  equal {totals['equal']}, better {totals['better']}, different {totals['different']}")
    for (level, kind), many in sorted(kinds.items()):
        print(f"  {level:>9} {many:>6} {kind} (as {examples[level, kind]})")
    return 0 if selftest(equal) and not totals["different"] and pairs else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(Path, sys.argv[2:])))
