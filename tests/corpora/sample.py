"""Owns: the draw of real advisories from four databases into one repository that can be built.

Usage: sample.py CAVEAT CORPORA OUTDIR COUNT      CORPORA holds the unpacked archives; see sample.sh
As many from each database as from every other. One feed has one prefix: RustSec's advisories keep their ids, all
others are given numbers from 5001 up in the year of their publication. Prints how many were refused, and why.
Must never mend an advisory: what cannot be imported, or has an error for `check`, is left out and counted.
"""

import json
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from itertools import zip_longest
from pathlib import Path

SEED = 20261121
FINDING = re.compile(r"^(.*?):\d+:\d+: error\[([a-z-]+)\]")
MARKDOWN_ID = re.compile(r'^id = "([^"]+)"', re.MULTILINE)
PUBLISHED = re.compile(r"^(?:published|date) = \"?(\d{4})", re.MULTILINE)
# What is drawn from, the form that `import` is told, and what its files end in.
SOURCES = [
    ("rustsec", "rustsec/source", "rustsec", ".md"),
    ("julia", "julia/source", "julia", ".md"),
    ("bitnami", "bitnami/osv", "osv", ".json"),
    ("bellsoft", "bellsoft/osv", "osv", ".json"),
]


def draw(corpora: Path) -> list[tuple[str, str, Path]]:
    """Every advisory, in the order in which they would be taken: one of each database in turn."""
    lot = random.Random(SEED)
    rows = []
    for name, place, form, ending in SOURCES:
        files = sorted((corpora / place).rglob(f"*{ending}"))
        lot.shuffle(files)
        rows.append([(name, form, file) for file in files])
    return [one for turn in zip_longest(*rows) for one in turn if one]


class Numbers:
    """Gives ids of one feed to records of several."""

    def __init__(self) -> None:
        self.last: Counter[str] = Counter()

    def next(self, year: str) -> str:
        self.last[year] += 1
        return f"RUSTSEC-{year}-{5000 + self.last[year]}"

    def renamed(self, name: str, text: str) -> tuple[str, str] | None:
        """The new id and the text with it; None where the source has no year."""
        if name == "rustsec":
            return MARKDOWN_ID.search(text)[1], text
        if name == "julia":
            found = PUBLISHED.search(text)
            new = self.next(found[1]) if found else ""
            return (new, MARKDOWN_ID.sub(f'id = "{new}"', text, count=1)) if found else None
        record = json.loads(text)
        year = (record.get("published") or record["modified"])[:4]
        record["id"] = self.next(year)
        return record["id"], json.dumps(record, indent=2, ensure_ascii=False)


def errors(output: str) -> dict[str, str]:
    """The first error of each file that has one."""
    found: dict[str, str] = {}
    for line in output.splitlines():
        if match := FINDING.match(line):
            found.setdefault(match[1], match[2])
    return found


class Sample:
    def __init__(self, caveat: str, out: Path):
        self.caveat, self.out = caveat, out
        shutil.rmtree(out, ignore_errors=True)
        (out / "advisories").mkdir(parents=True)
        project = (Path(__file__).parent / "project.toml").read_text()
        (out / "caveat.toml").write_text(project.replace("PREFIX", "RUSTSEC").replace("DIGITS", "4"))
        self.refused: Counter[str] = Counter()

    def run(self, *words: str) -> str:
        done = subprocess.run([self.caveat, "-C", self.out, *words], capture_output=True, text=True)
        if done.returncode > 1:
            sys.exit(f"sample: {words[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout + done.stderr

    def take(self, batch: list[tuple[str, str, Path]], numbers: Numbers, room: Path) -> dict[str, str]:
        """Imports these: the path of each advisory that came about, and its database, in the order drawn."""
        shutil.rmtree(room, ignore_errors=True)
        places: dict[str, str] = {}
        for at, (name, form, file) in enumerate(batch):
            told = numbers.renamed(name, file.read_text())
            if not told:
                self.refused[f"{name}: without a date"] += 1
                continue
            # The path tells RustSec's collections apart, and sorting must not change which one came first.
            target = room / form / "crates" / name / f"{at:06}{file.suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(told[1])
            places[f"advisories/{told[0].split('-')[1]}/{told[0]}.toml"] = name
        for form in sorted({form for _, form, _ in batch}):
            for path, code in errors(self.run("import", form, str(room / form))).items():
                self.refused[f"{Path(path).parent.name}: import: {code}"] += 1
        return {path: name for path, name in places.items() if (self.out / path).exists()}

    def drop(self, kept: dict[str, str]) -> None:
        """Takes out what `check` refuses, until it refuses nothing."""
        while found := errors(self.run("check", "--format", "short")):
            for path, code in found.items():
                self.refused[f"{kept.pop(path)}: check: {code}"] += 1
                (self.out / path).unlink()

    def commit(self) -> None:
        git = ["git", "-C", self.out, "-c", "user.name=sample", "-c", "user.email=sample@example.org"]
        for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "sample"]):
            subprocess.run([*git, *words], check=True)


def main(caveat: str, corpora: Path, out: Path, count: int) -> None:
    sample, numbers = Sample(caveat, out), Numbers()
    waiting = draw(corpora)
    kept: dict[str, str] = {}
    while waiting and len(kept) < count:
        missing = count - len(kept)
        batch, waiting = waiting[: missing * 3 // 2], waiting[missing * 3 // 2 :]
        kept |= sample.take(batch, numbers, out.with_name(out.name + ".sources"))
        sample.drop(kept)
    for path in list(kept)[count:]:
        (out / path).unlink()
        del kept[path]
    sample.drop(kept)
    shutil.rmtree(out.with_name(out.name + ".sources"), ignore_errors=True)
    sample.commit()
    by_name = ", ".join(f"{many} {name}" for name, many in sorted(Counter(kept.values()).items()))
    print(f"sample: {len(kept)} advisories with seed {SEED}: {by_name}")
    for why, many in sorted(sample.refused.items()):
        print(f"  {many:>5} left out: {why}")
    if len(kept) < count:
        sys.exit(f"sample: {count} were asked for")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
