#!/usr/bin/env python3
"""Owns: how long derivation takes on a history of 100,000 commits and 1,000 tags, and how much memory.

Usage: derive.py WORK CAVEAT. Must never be a test: what the figures mean depends on the machine.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

COMMITS, TAGS, LINES = 100_000, 1_000, 20
PROJECT = """[feed]
name = "Bench"
url = "https://bench.example.org"
id-prefix = "x_BENCH"
license = "CC0-1.0"
[[package]]
ecosystem = "crates.io"
name = "bench"
[policy]
[[policy.severity]]
id = "any"
definition = "Any."
"""


def stream(write):
    """A main line and maintenance lines that merge each other, all with releases."""
    mark, tips, tags = 0, {}, 0
    lines = ["main"]

    def commit(line, parents, message, text):
        nonlocal mark
        mark += 1
        body = message.encode()
        write(f"commit refs/heads/{line}\nmark :{mark}\n".encode())
        who = f"Author {mark % 300} <a{mark % 300}@example.org> {1_500_000_000 + mark * 60} +0000\n"
        write(f"author {who}committer {who}data {len(body)}\n".encode() + body + b"\n")
        for verb, parent in zip(("from", "merge"), parents):
            write(f"{verb} :{parent}\n".encode())
        write(f"M 100644 inline {line}/{mark % 50}\ndata {len(text)}\n{text}\n".encode())
        tips[line] = mark

    commit("main", [], "First", "0")
    for number in range(COMMITS - 1):
        line = "main"
        if number % 7 == 0 and len(lines) > 1:
            line = lines[number % len(lines)]
        parents = [tips[line]]
        if number % 40 == 39 and len(lines) > 1:
            others = [one for one in lines if one != line]
            parents.append(tips[others[number % len(others)]])
        commit(line, parents, f"Change number {number}\n\nWhat it does, in a sentence or two.\n", str(number))
        if number % (COMMITS // LINES) == COMMITS // LINES - 1:
            name = f"l{len(lines)}"
            lines.append(name)
            tips[name] = tips["main"]
        if number % (COMMITS // TAGS) == COMMITS // TAGS - 2:
            write(f"reset refs/tags/v{tags // 50}.{tags % 50}.0\nfrom :{tips[line]}\n\n".encode())
            tags += 1


def make(place):
    subprocess.run(["git", "init", "--quiet", "--bare", place], check=True)
    command = ["git", "-C", place, "fast-import", "--quiet", "--done"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as importer:
        stream(importer.stdin.write)
        importer.stdin.write(b"done\n")
        importer.stdin.close()
    if importer.returncode:
        sys.exit("fast-import failed")


def hashes(place):
    log = ["git", "-C", place, "log", "--format=%H", "--first-parent", "main"]
    line = subprocess.run(log, capture_output=True, text=True, check=True).stdout.split()
    return line[-len(line) // 10], line[len(line) // 4]


def measured(caveat, room, place):
    """Seconds and peak kilobytes, as the system counts them for one process."""
    child = (
        "import resource, subprocess, sys, time; start = time.monotonic();"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.returncode)"
    )
    command = [sys.executable, "-c", child, caveat, "-C", room, "derive", "--clone", place]
    seconds, peak, code = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    if int(code) > 1:
        sys.exit("derivation failed")
    return float(seconds), int(peak)


def main():
    work, caveat = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    place = work / "history.git"
    if not (place / "made").exists():
        shutil.rmtree(place, ignore_errors=True)
        start = time.monotonic()
        make(place)
        (place / "made").touch()
        print(f"made a history in {time.monotonic() - start:.1f} s", file=sys.stderr)
    introduced, fixed = hashes(place)
    with tempfile.TemporaryDirectory() as room:
        drafts = pathlib.Path(room) / "advisories/drafts"
        drafts.mkdir(parents=True)
        (pathlib.Path(room) / "caveat.toml").write_text(PROJECT)
        text = 'title = "T"\nseverity = "any"\nimpact = "I."\ndescription = "D."\n[[affected]]\npackage = "bench"\n'
        text += f"versions = {json.dumps(['>= 0'])}\nintroduced-by = [\"{introduced}\"]\nfixed-by = [\"{fixed}\"]\n"
        (drafts / "flaw.toml").write_text(text)
        runs = [measured(caveat, room, place) for _ in range(3)]
    seconds, peak = min(one[0] for one in runs), max(one[1] for one in runs)
    print(f"derive: {COMMITS} commits, {TAGS} tags: {seconds:.2f} s, peak {peak // 1024} MB")


if __name__ == "__main__":
    main()
