"""Owns: a made-up feed whose every text tries to break mails, as messages: those of its site, and private ones.

It also makes the feed with many lists that smtp.py sends to.
"""

import os
import shutil
import subprocess
import sys

from hostile_texts import TEXTS

PATCH = "--- a/é\n+++ b\n@@ -1 +1 @@\n- x \n+y\r\n".encode() + b"\xff no UTF-8"

PROJECT = """[feed]
name = "Hostile & Söns \\"quoted\\""
url = "https://hostile.example.org"
id-prefix = "x_HOST"
license = "CC-BY-4.0"
[[package]]
key = "p"
ecosystem = "PyPI"
name = "torch"
title = "Törch & <Sons>"
[mail]
from = "Hostile, Söns & Co. <advisories@hostile.example.org>"
[policy]
bulletin = "month"
[[policy.severity]]
id = "high"
definition = "Soon."
[[policy.contact]]
name = "Team"
url = "mailto:security@hostile.example.org"
[[policy.packager]]
name = "Debian"
url = "mailto:team@debian.example.org"
lead = "1 d"
"""
RULES = ["policy-contact-example", "package-repository-missing", "cwe-missing", "text-html", "title-markdown", "text-mention", "text-image", "description-heading"]
LIST = """[[mail.list]]
name = "{name}"
to = "{name}@hostile.example.org"
reply-to = "talk@hostile.example.org"
style = "{style}"
"""


def literal(text):
    """A basic string of TOML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def advisory(number, day="2026-06-01T10:00:00Z", more=""):
    """One advisory, hostile in every text."""
    code = "\n".join(TEXTS.values())
    text = f"~~~~~~\n{code}\n~~~~~~\n\n" + "\n\n".join(TEXTS.values()) + "\n\n| <h> | & |\n|---|---|\n| `a` | ]]> |\n"
    return f"""id = "x_HOST-2026-{number:04}"
title = {literal(f"Crafted `<x{number}>` & ]]> | 🦀 =?utf-8?q?a?= input writes files")}
severity = "high"
impact = {literal("Code <runs> & ]]> 🦀.")}
description = {literal(text)}
[[affected]]
package = "p"
versions = [">= 1.0.0, < 2.0.1"]
[[reference]]
type = "fix"
url = "https://example.org/fix/{number}?a=b&c={'d' * 200}"
[[credit]]
name = "Zoë <b> & 🦀"
role = "finder"
consent = ["advisory"]
[[revision]]
at = {day}
note = "First published."
{more}"""


REVISED = """[[revision]]
at = 2026-07-01T10:00:00Z
note = "Now <worse> & ]]> 🦀."
changed = [{ field = "severity", from = "low", to = "high" }]
"""
EMBARGO = "[embargo]\nuntil = 2126-06-01T10:00:00Z\n"


def repository(where, lists):
    """A committed repository with these lists: names and styles."""
    shutil.rmtree(where, ignore_errors=True)
    (where / "advisories/2026").mkdir(parents=True)
    rules = "".join(f'[[rule]]\ncode = "{code}"\nlevel = "off"\n' for code in RULES)
    listed = "".join(LIST.format(name=name, style=style) for name, style in lists)
    project = PROJECT.replace("[policy]\n", f"{listed}[policy]\n", 1) + rules
    (where / "caveat.toml").write_text(project, "utf-8")
    texts = {1: advisory(1), 2: advisory(2, more=REVISED), 3: advisory(3, "2126-06-01T10:00:00Z", EMBARGO)}
    for number, text in texts.items():
        (where / f"advisories/2026/x_HOST-2026-{number:04}.toml").write_text(text, "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b.org", "commit", "-qm", "m"]):
        subprocess.run(["git", "-C", where, *command], check=True, stdout=sys.stderr)
    return where


def caveat_in(caveat, where, *arguments):
    """Runs the program there, with a home beside it: it keeps a key for itself."""
    env = {"PATH": os.environ["PATH"], "HOME": str(where.parent / "home")}
    subprocess.run([caveat, "-C", where, *arguments], check=True, stdout=sys.stderr, env=env)


def made(caveat, scratch):
    """The messages of the site, and those that are made on command."""
    where = repository(scratch / "hostile", [("announce", "project"), ("oss-security", "oss-security")])
    site, outbox = scratch / "hostile-site", scratch / "outbox"
    shutil.rmtree(site, ignore_errors=True)
    shutil.rmtree(outbox, ignore_errors=True)
    caveat_in(caveat, where, "build", "--out", site)
    (scratch / "fix é.patch").write_bytes(PATCH)
    for kind, more in (
        ("pre-disclosure", ["--patch", scratch / "fix é.patch"]), ("reporter", ["--address", "zoe@example.org"]), ("pre-announcement", []),
    ):
        caveat_in(caveat, where, "mail", "x_HOST-2026-0003", "--kind", kind, "--out", outbox / kind, *more)
    caveat_in(caveat, where, "mail", "x_HOST-2026-0001", "--kind", "embargo-over", "--out", outbox / "over")
    return sorted(site.rglob("*.eml")), sorted(outbox.rglob("*.eml"))
