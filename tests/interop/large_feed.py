"""Owns: a made-up feed of 1,200 advisories that has every kind of page, for what must hold however much there is.

Usage: large_feed.py TARGET TEMPLATES    (a committed repository with these templates; nothing made here is ever published)
One package is named by a third of them, and one letter begins the names of all packages: the worst cases of real feeds.
"""

import shutil
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

COUNT, PACKAGES, RELEASES, PEOPLE = 1200, 330, 120, 500
FIRST = datetime(2025, 2, 1, 9, tzinfo=timezone.utc)
STEP = timedelta(hours=12)
# A build takes the time of its commit for now: after all that is told.
TODAY = "2026-11-20T10:00:00Z"
SEVERITIES = {"critical": [9.0, 10.0], "high": [7.0, 8.9], "medium": [4.0, 6.9], "low": [0.1, 3.9]}
WEAKNESSES = [22, 78, 79, 89, 94, 125, 190, 200, 287, 295, 352, 400, 416, 434, 476, 502, 611, 668, 770, 787, 862, 863, 918, 1321]

PROJECT = """[feed]
name = "Large Feed"
url = "https://large.example.org"
id-prefix = "x_LARGE"
license = "CC0-1.0"
[[package]]
key = "torsh"
ecosystem = "crates.io"
name = "torsh"
title = "ToRSh"
repository = "https://github.com/example/torsh"
releases = [{releases}]
[mail]
from = "Large Feed <advisories@large.example.org>"
[[mail.list]]
name = "announce"
to = "announce@large.example.org"
style = "project"
[policy]
bulletin = "month"
[policy.document]
version = "1"
updated = 2026-11-01
next-review = 2027-10-01
[[policy.contact]]
name = "Team"
url = "mailto:security@large.example.org"
[[policy.support]]
package = "torsh"
versions = ">= 1.60.0"
label = "1.60 and later"
status = "full"
from = 2026-01-01
[[policy.guidance]]
title = "Loading checkpoints"
text = "Load only what you made yourself."
[[announcement]]
at = 2026-12-01T14:00:00Z
severity = "high"
[[disputed]]
id = "CVE-1900-0001"
state = "disputed"
reason = "The option must be set by whoever runs the program."
[[redirect]]
from = "packages/crates.io/torsch/"
to = "packages/crates.io/torsh/"
"""
SEVERITY = """[[policy.severity]]
id = "{id}"
definition = "Harm of the class {id}, with what it takes to do it, and by when to act."
cvss = {cvss}
"""
OFF = ["policy-contact-example", "cvss-v3-missing", "reference-fix-missing", "title-duplicate", "description-short", "credit-duplicate"]

ADVISORY = """id = "{id}"
title = "Crafted headers of kind {number} write past a buffer of `Loader::read_{number}`"
severity = "{severity}"
cwe = ["CWE-{cwe}"]
aliases = ["CVE-{year}-{alias}"]
impact = "Whoever gives a program a file of this kind runs code in it, with all that the program may do."
description = '''
`Loader::read_{number}` takes the length of a header from the file and allocates what it says, rounded down. Elements
that follow are written without another look at the size, so that a file of some kilobytes reaches memory behind it.

The same holds for `Loader::peek_{number}`, which shares the reader. Files that came over TLS are no safer: what is in
them was made by whoever made the file.
'''
affected-if = "Your program opens files that others made."
workaround = "Open such files in a process of its own, without network."

[[affected]]
{package}
versions = ["{versions}"]

[[reference]]
type = "fix"
url = "https://github.com/example/torsh/pull/{number}"

[[credit]]
name = "Person {person}"
role = "finder"
consent = ["advisory", "thanks"]

{withdrawn}[[revision]]
at = {at}
note = "First published."
{revised}"""
REVISED = """
[[revision]]
at = {at}
note = "{note}"
"""
WITHDRAWN = """[withdrawn]
at = {at}
reason = "not-a-vulnerability"
note = "Nobody but the owner of the machine reaches it."

"""


def stamp(moment):
    """A time as TOML has it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def advisory(number):
    """The id of an advisory, and its file."""
    at = FIRST + number * STEP
    name = f"x_LARGE-{at.year}-{number + 1:04}"
    popular = number % 3 == 0
    package = 'package = "torsh"' if popular else f'ecosystem = "crates.io"\nname = "pack-{number % PACKAGES}"'
    later = stamp(at + timedelta(days=3))
    gone, changed = number % 31 == 0, number % 17 == 0
    note = "Withdrawn." if gone else "The description names a second function."
    return name, ADVISORY.format(
        id=name, number=number + 1, year=at.year, alias=10000 + number, package=package, person=number % PEOPLE, at=stamp(at),
        severity=list(SEVERITIES)[number % len(SEVERITIES)], cwe=WEAKNESSES[number % len(WEAKNESSES)],
        versions=f">= 1.{number % 40}.0, < 1.{60 + number % 60}.0" if popular else f"< 1.{number % 9 + 1}.0",
        withdrawn=WITHDRAWN.format(at=later) if gone else "", revised=REVISED.format(at=later, note=note) if gone or changed else "",
    )


def main():
    """Write it all, and commit it."""
    where, templates = Path(sys.argv[1]), sys.argv[2]
    shutil.rmtree(where, ignore_errors=True)
    where.mkdir(parents=True)
    shutil.copytree(templates, where / "site-templates")
    releases = ", ".join(f'"1.{minor}.0"' for minor in range(RELEASES))
    classes = "".join(SEVERITY.format(id=name, cvss=scores) for name, scores in SEVERITIES.items())
    rules = "".join(f'[[rule]]\ncode = "{code}"\nlevel = "off"\n' for code in OFF)
    (where / "caveat.toml").write_text(PROJECT.format(releases=releases) + classes + rules, "utf-8")
    for number in range(COUNT):
        name, text = advisory(number)
        file = where / "advisories" / name.split("-")[1] / f"{name}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    git = ["git", "-C", str(where), "-c", "user.name=interop", "-c", "user.email=interop@localhost", "-c", "commit.gpgsign=false"]
    dated = {"GIT_AUTHOR_DATE": TODAY, "GIT_COMMITTER_DATE": TODAY, "PATH": "/usr/local/bin:/usr/bin:/bin"}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "large"]):
        subprocess.run(git + command, check=True, env=dated, stdout=sys.stderr)


main()
