"""Owns: the zips, indexes and folders of osv/, read by `unzip -t`, Python's zipfile and a plain reading of the CSV.

Usage: archives.py SITE
The layout is the one OSV.dev exports: a folder for each ecosystem, with the same files as the root.
"""

import csv
import json
import re
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

from verdicts import ecosystems, records, verdict


def trees(site):
    """(label, folder, ids) of the root and of each ecosystem."""
    osv = Path(site, "osv")
    found = records(site)
    yield "all", osv, sorted(found)
    for ecosystem in sorted({name for record in found.values() for name in ecosystems(record)}):
        yield ecosystem, osv / ecosystem, sorted(key for key in found if ecosystem in ecosystems(found[key]))


def unzipped(site):
    """What Info-ZIP says of every zip."""
    for label, folder, _ in trees(site):
        done = subprocess.run(["unzip", "-tqq", str(folder / "all.zip")], capture_output=True, text=True)
        if done.returncode != 0:
            yield f"{label}: status {done.returncode}: {done.stdout}{done.stderr}"


def contents(site):
    """Names, order, times and bytes of each zip agree with the files beside it."""
    for label, folder, identities in trees(site):
        with zipfile.ZipFile(folder / "all.zip") as archive:
            names = archive.namelist()
            if names != [f"{identity}.json" for identity in identities]:
                yield f"{label}: entries are not exactly the ids, sorted: {names[:3]}.."
                continue
            for entry in archive.infolist():
                yield from entry_problems(label, folder, archive, entry)


def entry_problems(label, folder, archive, entry):
    """One zip entry: its bytes are the file's, its time is `modified` to the 2 s that a zip can hold."""
    data = archive.read(entry)
    if data != (folder / entry.filename).read_bytes():
        yield f"{label}: {entry.filename} differs from the file beside the zip"
    moment = datetime.fromisoformat(json.loads(data)["modified"])
    if entry.date_time != (*moment.timetuple()[:5], moment.second // 2 * 2):
        yield f"{label}: {entry.filename} is of {entry.date_time}, modified {moment}"
    if entry.external_attr >> 16 & 0o777 not in (0, 0o644):
        yield f"{label}: {entry.filename} has mode {entry.external_attr >> 16:o}"


def folders(site):
    """Each ecosystem's folder holds its records and nothing else, with the bytes of osv/ID.json."""
    for label, folder, identities in trees(site):
        present = sorted(path.stem for path in folder.glob("*.json") if path.name != "all.json")
        if present != identities:
            yield f"{label}: files {len(present)}, records {len(identities)}"
        for identity in set(present) & set(identities):
            if (folder / f"{identity}.json").read_bytes() != Path(site, "osv", f"{identity}.json").read_bytes():
                yield f"{label}: {identity}.json differs from osv/{identity}.json"
    named = Path(site, "osv", "ecosystems.txt").read_text("utf-8").splitlines()
    if named != [label for label, _, _ in trees(site) if label != "all"]:
        yield f"ecosystems.txt says {named}"


def indexes(site):
    """all.json and each modified_id.csv hold the id and time of every record; the CSV newest first."""
    found = records(site)
    listed = json.loads(Path(site, "osv", "all.json").read_text("utf-8"))
    if sorted((row["id"], row["modified"]) for row in listed) != sorted((key, found[key]["modified"]) for key in found):
        yield "all.json and the records disagree"
    if any(set(row) != {"id", "modified"} for row in listed):
        yield "all.json has more than id and modified"
    for label, folder, identities in trees(site):
        with open(folder / "modified_id.csv", encoding="utf-8", newline="") as file:
            rows = [tuple(row) for row in csv.reader(file)]
        yield from csv_problems(label, rows, found, identities)


def csv_problems(label, rows, found, identities):
    """At the root a row names ECOSYSTEM/ID, once for each ecosystem; in a folder it names ID: as OSV.dev writes them."""
    if label == "all":
        expected = [(found[key]["modified"], f"{name}/{key}") for key in identities for name in ecosystems(found[key])]
    else:
        expected = [(found[key]["modified"], key) for key in identities]
    if sorted(rows) != sorted(expected):
        odd = sorted(set(rows) ^ set(expected))
        yield f"{label}/modified_id.csv and the records disagree: {odd[:2]}"
    times = [row[0] for row in rows]
    if times != sorted(times, reverse=True):
        yield f"{label}/modified_id.csv is not newest first"


def main():
    """One verdict for each reader."""
    site = sys.argv[1]
    about = subprocess.run(["unzip", "-v"], capture_output=True, text=True).stdout
    number = re.search(r"UnZip ([\d.]+)", about)
    python = ".".join(map(str, sys.version_info[:3]))
    verdict("unzip", number[1] if number else "?", "every all.zip is sound", unzipped(site))
    verdict("zipfile", python, "zip entries: names, order, times, bytes", contents(site))
    verdict("interop", python, "a folder for each ecosystem, same bytes", folders(site))
    verdict("interop", python, "all.json and modified_id.csv agree with the records", indexes(site))


main()
