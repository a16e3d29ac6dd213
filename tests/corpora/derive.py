#!/usr/bin/env python3
"""Owns: derivation on real repositories, held against the ranges that their published advisories state.

Usage: derive.py CAVEAT NAME=CLONE..     names are those of derive.tsv; bare clones will do
Exit 1 where the versions that differ are not those that derive.tsv names. Must never reach the network.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time

PROJECT = """[feed]
name = "Derivation"
url = "https://derivation.example.org"
id-prefix = "x_D"
license = "CC-BY-4.0"
[[package]]
ecosystem = "{ecosystem}"
name = "{name}"
tags = {tags}
[policy]
[[policy.severity]]
id = "high"
definition = "Soon."
"""

# Where tags can be read in more than one way, the project says which are whose.
TAGS = {"tokio": ["tokio-{version}"]}


def cases():
    table = pathlib.Path(__file__).with_suffix(".tsv").read_text()
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines]


def project(ecosystem, name):
    tags = json.dumps(TAGS.get(name, []))
    return PROJECT.format(ecosystem=ecosystem, name=name, tags=tags)


def draft(name, introduced, fixed, stated):
    text = 'title = "T"\nseverity = "high"\nimpact = "I."\ndescription = "D."\n'
    text += f'[[affected]]\npackage = "{name}"\nversions = {json.dumps(stated.split("; "))}\n'
    text += f"introduced-by = {json.dumps(introduced.split())}\n"
    return text + f"fixed-by = {json.dumps(fixed.split())}\n"


def run(caveat, room, clone):
    command = [caveat, "-C", room, "derive", "--clone", clone, "--format", "json"]
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(done.stderr)
    return json.loads(done.stdout), time.monotonic() - start


def told(outcome):
    """Versions that differ: runs of neighbours among the tags, and in which way."""
    # What is older than the stated start differs too, though no commit contradicts it.
    differ, runs, before = set(outcome["differences"] + outcome["older"]), [], None
    sides = {"affected": "+", "uncertain": "?"}
    for tag in outcome["tagged"]:
        side = sides.get(tag["verdict"], "-") if tag["version"] in differ else None
        if side and side == before:
            runs[-1][1] = tag["version"]
        elif side:
            runs.append([side + tag["version"], tag["version"]])
        before = side
    return [first if first[1:] == last else f"{first}..{last}" for first, last in runs]


def compare(caveat, name, clone):
    rows = [row for row in cases() if row[1] == name]
    with tempfile.TemporaryDirectory() as place:
        room = pathlib.Path(place)
        drafts = room / "advisories/drafts"
        drafts.mkdir(parents=True)
        (room / "caveat.toml").write_text(project(rows[0][2], name))
        for identity, _, _, introduced, fixed, stated, _ in rows:
            (drafts / f"{identity}.toml").write_text(draft(name, introduced, fixed, stated))
        outcomes, seconds = run(caveat, room, clone)
    outcomes = {outcome["advisory"]: outcome for outcome in outcomes}
    tags = len(next(iter(outcomes.values()))["tagged"])
    print(f"{name}: {len(rows)} advisories, {tags} tags, {seconds:.2f} s")
    wrong = 0
    for row in rows:
        outcome = outcomes[row[0]]
        found = told(outcome)
        known = row[6].split()
        same = found == known
        wrong += not same
        verdict = f"differs: {' '.join(found)}" if found else "agrees"
        print(f"  {row[0]}: {verdict}{'' if same else '   NOT AS derive.tsv SAYS'}")
        print(f"    derived {'; '.join(outcome['derived'])}")
    return wrong


def main():
    if len(sys.argv) < 3:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        print("derive: no clones are named, so nothing was compared", file=sys.stderr)
        return 0
    clones = [clone.split("=", 1) for clone in sys.argv[2:]]
    missing = [path for _, path in clones if not pathlib.Path(path).exists()]
    if missing:
        print(f"derive: there is no clone at {', '.join(missing)}", file=sys.stderr)
        return 0
    return int(any([compare(sys.argv[1], name, path) for name, path in clones]))


if __name__ == "__main__":
    sys.exit(main())
