"""Owns: ids of one feed for records whose owners number them otherwise (BIT-php-2024-11233, BELL-CVE-2024-0193).

Usage: renumber.py RECORDS INTO PREFIX      INTO gets a record each, and `ids.tsv`: the new id and the old one
Must never change anything but the id: the same number goes to the same record each time.
"""

import json
import sys
from collections import Counter
from pathlib import Path


def main(records: Path, into: Path, prefix: str) -> None:
    into.mkdir(parents=True, exist_ok=True)
    last: Counter[str] = Counter()
    ids = []
    for file in sorted(records.rglob("*.json")):
        record = json.loads(file.read_text())
        year = (record.get("published") or record["modified"])[:4]
        last[year] += 1
        new = f"{prefix}-{year}-{last[year]:04}"
        ids.append(f"{new}\t{record['id']}\n")
        record["id"] = new
        (into / f"{new}.json").write_text(json.dumps(record, indent=2, ensure_ascii=False))
    (into / "ids.tsv").write_text("".join(ids))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
