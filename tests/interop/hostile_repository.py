"""Owns: a feed in which every hostile text is in every field of an advisory, and the fields in which hidden signs have to be refused."""

import re
import shutil
import subprocess
import sys

from hostile_feed import literal
from hostile_texts import LINKS, REFUSED, TEXTS

SHORT = {name: text if len(text) < 90 else text[:90] for name, text in TEXTS.items()}
PROJECT = """[feed]
name = "Hostile & <Sons> ]]>"
url = "https://hostile.example.org"
id-prefix = "x_HOST"
license = "CC-BY-4.0"
[mail]
from = "Hostile <advisories@hostile.example.org>"
[[mail.list]]
name = "announce"
to = "announce@hostile.example.org"
style = "project"
[[mail.list]]
name = "oss-security"
to = "oss-security@hostile.example.org"
style = "oss-security"
[policy]
bulletin = "month"
[[policy.severity]]
id = "high"
definition = "Soon."
[[policy.contact]]
name = "Team"
url = "mailto:security@hostile.example.org"
[policy.credit]
places = ["advisory", "release-notes", "thanks", "annual-report"]
"""
OFF = ["policy-contact-example", "policy-contact-single", "package-repository-missing", "cwe-missing", "text-html", "title-markdown",
       "text-mention", "severity-reason-idle", "title-duplicate"]


def escaped(text):
    """As Markdown that means the text itself."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def fields(name):
    """What an advisory says in each field, as readers have to see it."""
    text = TEXTS[name]
    return {
        "title": f"Flaw {SHORT[name]} here", "impact": f"{text} is what they gain.", "prose": f"{text} and so on.", "code": text, "help": f"{text} helps.",
        "if": f"{text} matters.", "person": f"{SHORT[name]} Finder", "note": f"{text} is new.", "package": f"{SHORT[name]} kit",
        "reason": f"{text} is why.", "gone": f"{text} was nothing.",
    }


def advisory(number, name, withdrawn):
    """One advisory with one text everywhere."""
    said = fields(name)
    fence = "~~~~~~~~"
    description = f"{fence}\n{said['code']}\n{fence}\n\n{escaped(said['prose'])}\n\n| a | b |\n|---|---|\n| {escaped(said['prose'])} | x |\n"
    links = "".join(f'[[reference]]\ntype = "web"\nurl = {literal(one)}\n' for one in LINKS)
    gone = f'[withdrawn]\nat = 2026-07-01T10:00:00Z\nreason = "not-a-vulnerability"\nnote = {literal(said["gone"])}\n'
    return f"""id = "x_HOST-2026-{number:04}"
title = {literal(said["title"])}
severity = "high"
severity-reason = {literal(said["reason"])}
impact = {literal(said["impact"])}
description = {literal(description)}
workaround = {literal(escaped(said["help"]))}
affected-if = {literal(escaped(said["if"]))}
[[affected]]
package = "p{number % 1000}"
versions = ["< 2.0.{number}"]
{links}[[credit]]
name = {literal(said["person"])}
role = "finder"
consent = ["advisory", "release-notes", "thanks", "annual-report"]
[[revision]]
at = 2026-0{5 if number % 2 else 6}-01T10:00:00Z
note = "First published."
[[revision]]
at = 2026-07-01T10:00:00Z
note = {literal(said["note"])}
{gone if withdrawn else ""}"""


def repository(where):
    """Two advisories for each text: one that stands, one that was withdrawn."""
    shutil.rmtree(where, ignore_errors=True)
    (where / "advisories/2026").mkdir(parents=True)
    packages = "".join(
        f'[[package]]\nkey = "p{number}"\necosystem = "PyPI"\nname = "pack-{number}"\ntitle = {literal(fields(name)["package"])}\n'
        for number, name in enumerate(TEXTS, 1)
    )
    rules = "".join(f'[[rule]]\ncode = "{code}"\nlevel = "off"\n' for code in OFF)
    (where / "caveat.toml").write_text(PROJECT + packages + rules, "utf-8")
    for number, name in enumerate(TEXTS, 1):
        for withdrawn in (False, True):
            at = number + 1000 * withdrawn
            (where / f"advisories/2026/x_HOST-2026-{at:04}.toml").write_text(advisory(at, name, withdrawn), "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b.org", "commit", "-qm", "m"]):
        subprocess.run(["git", "-C", where, *command], check=True, stdout=sys.stderr)


def refused(caveat, where):
    """Each hidden sign, in each field."""
    places = {"title": "Flaw number 1", "impact": "Code runs.", "description": "The loader trusts", "workaround": "Refuse it.", "affected-if": "You read it.",
              "name": "A. Finder", "note": "First published.", "url": "https://example.org/fix"}
    plain = f"""id = "x_HOST-2026-0001"
title = "Flaw number 1"
severity = "high"
impact = "Code runs."
description = "The loader trusts the length that a file states, and writes past its buffer."
workaround = "Refuse it."
affected-if = "You read it."
[[affected]]
ecosystem = "PyPI"
name = "torch"
versions = ["< 2.0.1"]
[[reference]]
type = "fix"
url = "https://example.org/fix"
[[credit]]
name = "A. Finder"
role = "finder"
consent = ["advisory"]
[[revision]]
at = 2026-06-01T10:00:00Z
note = "First published."
"""
    shutil.rmtree(where, ignore_errors=True)
    (where / "advisories/2026").mkdir(parents=True)
    (where / "caveat.toml").write_text(PROJECT, "utf-8")
    subprocess.run(["git", "-C", where, "init", "-q"], check=True)
    path = where / "advisories/2026/x_HOST-2026-0001.toml"
    for field, start in places.items():
        for name, sign in REFUSED.items():
            inside = "".join(f"\\U{ord(one):08x}" for one in sign)
            path.write_text(plain.replace(start, start[:4] + inside + start[4:], 1), "utf-8")
            ran = subprocess.run([caveat, "-C", where, "check", "--format", "short"], capture_output=True, text=True)
            if ran.returncode != 1 or not re.search(r"error\[(hidden-characters|link)\]", ran.stdout + ran.stderr):
                yield f"{name} in {field}: status {ran.returncode}"
    path.write_text(plain, "utf-8")
    if subprocess.run([caveat, "-C", where, "check"], stdout=sys.stderr).returncode:
        yield "the advisory is refused without them, too"
