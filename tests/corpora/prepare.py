"""Owns: what must be done to an imported corpus before it can be built, and only in the scratch copy.

Usage: prepare.py REPOSITORY CHECK_OUTPUT ASIDE MENDED
What has an error is mended where that does not touch what is compared: links, aliases and vectors are left out. Whatever has another error is moved to ASIDE. Prints what was done, and writes for each id to MENDED what.
Must never touch versions, packages or dates.
"""

import re
import sys
from collections import Counter
from pathlib import Path

FINDING = re.compile(r"^(advisories/.*?\.toml):\d+:\d+: error\[([a-z-]+)\]")
LINK = re.compile(r'\n\[\[reference\]\]\ntype = "[a-z]+"\nurl = "https://https:[^\n]*\n')


def without(*keys: str):
    """Takes lists out, on one line or on several."""
    lists = re.compile(rf"^(?:{'|'.join(keys)}) = \[.*?\]\n", re.DOTALL | re.MULTILINE)
    return lambda text: lists.sub("", text)


def visible(text: str) -> str:
    return re.sub("[\u200b\u200e\u200f]|\\\\u000B", "", text)


MENDS = {
    "link": ("without links that lead nowhere", lambda text: LINK.sub("", text)),
    "alias-duplicate": ("without aliases", without("aliases", "related")),
    "alias-format": ("without aliases", without("aliases", "related")),
    "alias-self": ("without aliases", without("aliases", "related")),
    "cvss": ("without vectors", without("cvss")),
    "hidden-characters": ("without hidden characters", visible),
}


def main(repository: Path, output: Path, aside: Path, mended: Path) -> None:
    faults: dict[str, set[str]] = {}
    for line in output.read_text().splitlines():
        if found := FINDING.match(line):
            faults.setdefault(found[1], set()).add(found[2])
    aside.mkdir(parents=True, exist_ok=True)
    done: Counter[str] = Counter()
    rows = []
    for path, rules in sorted(faults.items()):
        file = repository / path
        if others := rules - MENDS.keys():
            file.rename(aside / file.name)
            done[f"aside for {', '.join(sorted(others))}"] += 1
            continue
        text = file.read_text()
        for words in {MENDS[rule][0] for rule in rules}:
            done[words] += 1
            rows.append(f"{file.stem}\t{words}\n")
        for rule in sorted(rules):
            text = MENDS[rule][1](text)
        file.write_text(text)
    mended.write_text("".join(sorted(rows)))
    for what, count in sorted(done.items()):
        print(f"  {count:>6} {what}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
