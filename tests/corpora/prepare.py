"""Owns: what must be done to an imported corpus before it can be built, and only in the scratch copy.

Usage: prepare.py REPOSITORY CHECK_OUTPUT ASIDE
Ids are filled up to four digits and references with `http` links are left out, because our rules want that; whatever
else has an error is moved to ASIDE. Prints what was done.
Must never touch versions, packages or dates: these are what is compared afterwards.
"""

import re
import sys
from collections import Counter
from pathlib import Path

MENDED = {"id-format", "link"}
FINDING = re.compile(r"^(advisories/.*?\.toml):\d+:\d+: error\[([a-z-]+)\]: (.*)$")

HTTP = re.compile(r'\n\[\[reference\]\]\ntype = "[a-z]+"\nurl = "http://[^\n]*\n')


def main(repository: Path, output: Path, aside: Path) -> None:
    faults: dict[str, set[str]] = {}
    for line in output.read_text().splitlines():
        if found := FINDING.match(line):
            path, rule, message = found.groups()
            rule = "link without a host" if "names no host" in message else rule
            faults.setdefault(path, set()).add(rule)
    aside.mkdir(parents=True, exist_ok=True)
    done: Counter[str] = Counter()
    for path, rules in sorted(faults.items()):
        file = repository / path
        if others := rules - MENDED:
            file.rename(aside / file.name)
            done[f"aside for {', '.join(sorted(others))}"] += 1
            continue
        text = file.read_text()
        if "link" in rules:
            text = HTTP.sub("", text)
            done["without its http links"] += 1
        if "id-format" in rules:
            prefix, year, number = file.stem.rsplit("-", 2)
            padded = f"{prefix}-{year}-{number:0>4}"
            text = text.replace(f'id = "{file.stem}"', f'id = "{padded}"', 1)
            file.unlink()
            file = file.with_name(f"{padded}.toml")
            done["ids filled up to four digits"] += 1
        file.write_text(text)
    for what, count in sorted(done.items()):
        print(f"  {count:>6} {what}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
