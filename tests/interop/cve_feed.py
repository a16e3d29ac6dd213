"""Owns: a made-up feed of which each advisory has a CVE id of ours, and everything that a CVE record can hold. The same on every run."""

import random
import subprocess
import sys

import csaf_feed

COUNT = 450
ORG = "c0ffee00-1234-4abc-8def-0123456789ab"
CVE = f'[cve]\nassigner-org-id = "{ORG}"\nassigner-short-name = "random"\n'
HASH = "0123456789abcdef"


def advisory(dice, number):
    """One of the feed for CSAF, with a CVE id, and now and then with functions, features, standings and texts that are long."""
    text = csaf_feed.advisory(dice, number)
    if "CVE-2026-2" not in text:
        text = text.replace("aliases = [", f'aliases = ["CVE-2026-{20000 + number}", ').replace(", ]", "]")
    some = lambda chance: dice.random() < chance
    if some(0.3):
        text = text.replace('"\nversions', f'"\nfunctions = ["a{number}::b", "c.d"]\nfeatures = ["f{number}"]\nversions', 1) if "Go" not in text else text
    if some(0.1):
        long = "\\n\\n".join(f"Paragraph {at} of a *long* text with `code` & <signs> that nobody reads to its end." for at in range(80))
        text = text.replace("for all who read it.", f"for all who read it.\\n\\n{long}")
    if some(0.4):
        text += f'[[status]]\necosystem = "npm"\nname = "other-{number}"\nstate = "not-affected"\nreason = "It has no reader."\n'
    if some(0.2):
        text += f'[[status]]\necosystem = "PyPI"\nname = "unread-{number}"\nversions = ["< 2.0"]\nstate = "not-analysed"\n'
    kinds = ["advisory", "article", "detection", "discussion", "report", "introduced", "package", "evidence", "web"]
    for kind in dice.sample(kinds, dice.randint(0, 4)):
        text += f'[[reference]]\ntype = "{kind}"\nurl = "https://example.org/{kind}/{number}/?x=%C3%A4&y=1"\n'
    return text


def repository(where, url):
    """A committed repository of this feed at this address."""
    dice = random.Random(11)
    (where / "advisories/2026").mkdir(parents=True)
    rules = "".join(f'[[rule]]\ncode = "{code}"\nlevel = "off"\n' for code in csaf_feed.RULES)
    project = csaf_feed.PROJECT.format(url=url, category="other").replace("[csaf]", f"{CVE}[csaf]")
    (where / "caveat.toml").write_text(project + rules, "utf-8")
    for number in range(1, COUNT + 1):
        path = where / f"advisories/2026/x_RANDOM-2026-{number:04}.toml"
        path.write_text(advisory(dice, number), "utf-8")
    committed(where)
    return where


def owned(clone, where):
    """Our own advisories, in a feed that says their CVE ids are its own."""
    subprocess.run(["git", "clone", "--quiet", clone, where], check=True)
    path = where / "caveat.toml"
    path.write_text(path.read_text("utf-8").replace("[csaf]", f"{CVE}[csaf]"), "utf-8")
    committed(where)
    return where


def committed(where):
    """Commits all that is there."""
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b.org", "commit", "-qm", "m"]):
        subprocess.run(["git", "-C", where, *command], check=True, stdout=sys.stderr)
