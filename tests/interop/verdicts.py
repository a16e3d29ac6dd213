"""Owns: how a Python check tells one verdict (a line on stdout, five fields split by tabs), and reading the site.

Everything that is not a verdict goes to stderr, which run.sh keeps as the check's log.
"""

import json
import os
import sys
from pathlib import Path

SHOWN = 3


def verdict(client, version, question, problems):
    """Print one verdict: passed when `problems` is empty. All problems go to the log, the first to the table."""
    problems = [str(problem).replace("\t", " ").replace("\n", " ") for problem in problems]
    for problem in problems:
        print(f"{client}: {question}: {problem}", file=sys.stderr)
    detail = "; ".join(problems[:SHOWN])
    if len(problems) > SHOWN:
        detail += f"; and {len(problems) - SHOWN} more"
    print("fail" if problems else "pass", client, version, question, detail, sep="\t", flush=True)


def scanned(client, version, package, vulnerable, fixed):
    """One row of the table of scanners, and the verdict on it.

    `vulnerable` and `fixed` are (version, ids that `caveat affected` names, ids that the client names). A vulnerable
    version that nobody names, or a fixed one that somebody names, is a fault of the question.
    """
    problems = [f"{package}@{at}: we say {sorted(ours)}, the client {sorted(theirs)}"
                for at, ours, theirs in (vulnerable, fixed) if set(ours) != set(theirs)]
    if not vulnerable[1]:
        problems.append(f"{package}@{vulnerable[0]} is not vulnerable")
    if fixed[1]:
        problems.append(f"{package}@{fixed[0]} is not fixed")
    verdict(client, version, f"{package}: what `caveat affected` says", problems)
    cells = [f"{package}@{at}: {' '.join(sorted(theirs)) or 'nothing'}" for at, _, theirs in (vulnerable, fixed)]
    with open(os.environ["INTEROP_DIR"] + "/scanned.tsv", "a", encoding="utf-8") as rows:
        print("fail" if problems else "pass", client, version, *cells, sep="\t", file=rows)


def records(site):
    """All records of a site, from osv/ID.json, by id."""
    found = {}
    for path in sorted(Path(site, "osv").glob("*.json")):
        if path.name != "all.json":
            found[path.stem] = json.loads(path.read_text("utf-8"))
    if not found:
        sys.exit(f"{site}: no record in osv/")
    return found


def ecosystems(record):
    """The ecosystems that a record names, sorted, without their releases: its folders."""
    return sorted({entry["package"]["ecosystem"].partition(":")[0] for entry in record["affected"] if "package" in entry})
