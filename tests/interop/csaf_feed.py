"""Owns: a made-up feed of several hundred advisories that differ in everything a document of CSAF or VEX can differ in.

The same on every run. Its address is one of this machine, so that a provider can be asked over loopback.
"""

import random
import subprocess
import sys

COUNT = 400
# Numbers of packages, so that one has several flaws; the first of each ecosystem are in caveat.toml.
PACKAGES, DECLARED = 60, 20
JUSTIFICATIONS = ["component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path",
                  "vulnerable_code_cannot_be_controlled_by_adversary", "inline_mitigations_already_exist"]
ECOSYSTEMS = {
    "PyPI": ("p{}", "{}!{}.{}", "{1}.{2}rc1"),
    "npm": ("@scope/p{}", "{1}.{2}.0", "{1}.{2}.0-rc.1"),
    "crates.io": ("p{}", "{1}.{2}.1", "{1}.{2}.1-alpha"),
    "Go": ("example.org/p{}", "{1}.{2}.3", "{1}.{2}.3-pre"),
    "Maven": ("org.example:p{}", "{1}.{2}", "{1}.{2}"),
    "RubyGems": ("p{}", "{1}.{2}.0", "{1}.{2}.0"),
    "Debian:12": ("libp{}", "{}:{}.{}-1+deb12u1", "{}:{}.{}-1"),
    "Julia": ("P{}", "{1}.{2}.0", "{1}.{2}.0"),
}
PROJECT = """[feed]
name = "Random Feed"
url = "{url}"
id-prefix = "x_RANDOM"
license = "CC-BY-4.0"
[csaf]
category = "{category}"
name = "Random & <Sons>"
namespace = "https://example.org/security"
mirror = true
[vex]
author = "Random & <Sons>"
role = "Other & <more>"
[policy]
[[policy.severity]]
id = "high"
label = "High"
definition = "Soon."
[[policy.severity]]
id = "low"
label = "Low"
definition = "Later."
[[policy.contact]]
name = "Team"
url = "mailto:security@example.org"
"""
RULES = [
    "policy-contact-example", "package-repository-missing", "cwe-missing", "cvss-v3-missing", "cvss-extra-metrics",
    "cvss-zero", "cwe-discouraged", "title-duplicate", "reference-fix-missing",
]
WEAKNESSES = [22, 78, 79, 89, 94, 119, 125, 200, 287, 352, 400, 416, 434, 476, 502, 787, 862, 918]


def v3(dice):
    """A vector of CVSS 3, now and then with metrics that are not of the base group."""
    letters = {"AV": "NALP", "AC": "LH", "PR": "NLH", "UI": "NR", "S": "UC", "C": "NLH", "I": "NLH", "A": "NLH"}
    base = [f"{name}:{dice.choice(values)}" for name, values in letters.items()]
    more = ["E:P", "RL:O", "RC:C"] if dice.random() < 0.2 else []
    return "/".join([dice.choice(["CVSS:3.0", "CVSS:3.1"]), *base, *more])


def v2(dice):
    """A vector of CVSS 2."""
    letters = {"AV": "LAN", "AC": "LMH", "Au": "MSN", "C": "NPC", "I": "NPC", "A": "NPC"}
    return "/".join(f"{name}:{dice.choice(values)}" for name, values in letters.items())


V4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"


def branches(dice, spelled, early, open_ends):
    """Ranges of ascending branches; the last one may have no end, or only a last affected version where the ecosystem has those."""
    count = dice.randint(1, 4)
    ranges = []
    for at in range(count):
        low, high = (at * 2 + 1, dice.randint(0, 4)), (at * 2 + 1, dice.randint(6, 9))
        name = lambda version, form=spelled: form.format(1, *version)
        start = "" if at == 0 and dice.random() < 0.5 else f">= {name(low)}"
        if at < count - 1 or dice.random() < 0.7:
            end = f"< {name(high, early if dice.random() < 0.2 else spelled)}"
        else:
            end = dice.choice(["", f"<= {name(high)}"][: 1 + open_ends])
        if open_ends and start.startswith(">=") and dice.random() < 0.1:
            start, end = f"= {name(low)}", ""
        ranges.append(", ".join(part for part in (start, end) if part) or ">= 0")
    return ranges


def listed(values):
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


def versions(ecosystem):
    """Every version of a package of an ecosystem that an advisory may name, ascending, and some between."""
    _, spelled, early = ECOSYSTEMS[ecosystem]
    forms = [spelled] if ecosystem == "PyPI" else [early] if early == spelled else [early, spelled]
    return [form.format(1, major, minor) for major in range(1, 9) for minor in range(10) for form in forms]


def packages():
    """The packages of caveat.toml; every tenth one keeps a list of releases."""
    for nth, (ecosystem, (name, _, _)) in enumerate(sorted(ECOSYSTEMS.items())):
        for number in range(DECLARED):
            listed_in = f"releases = {listed(versions(ecosystem)[:: 2 + number % 3])}\n" if number % 10 == 1 else ""
            yield f'[[package]]\nkey = "k{nth}.{number}"\necosystem = "{ecosystem}"\nname = "{name.format(number)}"\n{listed_in}'


FREE = """[[package]]
key = "free-npm"
ecosystem = "npm"
name = "@scope/free"
[[package]]
key = "free-rs"
ecosystem = "crates.io"
name = "free"
releases = ["3.0.1", "3.1.1", "3.2.1", "3.4.1"]
[[package]]
key = "free-go"
ecosystem = "Go"
name = "example.org/free"
"""


def places():
    """The versions of every package by ecosystem and name, ascending."""
    known = {(ecosystem, kind[0].format(number)): versions(ecosystem) for ecosystem, kind in ECOSYSTEMS.items() for number in range(PACKAGES)}
    return known | {("crates.io", "free"): ["3.0.1", "3.1.1", "3.2.1", "3.4.1"]}


def statuses(dice):
    """What is said of packages that no range names: never affected, or not looked at."""
    text = ""
    if dice.random() < 0.3:
        text += '[[status]]\necosystem = "npm"\nname = "@scope/free"\nstate = "not-affected"\n'
        text += f'justification = "{dice.choice(JUSTIFICATIONS)}"\nreason = "It reads <nothing> & 🦀."\n'
    if dice.random() < 0.2:
        text += '[[status]]\necosystem = "crates.io"\nname = "free"\nversions = [">= 3.1.1, < 3.4.1"]\nstate = "not-affected"\n'
        text += 'reason = "It has a reader of its own."\n'
    if dice.random() < 0.2:
        text += '[[status]]\necosystem = "Go"\nname = "example.org/free"\nstate = "not-analysed"\n'
    return text


def affected(dice, number):
    """One to three packages, each of another ecosystem."""
    text = ""
    number %= PACKAGES
    for ecosystem in dice.sample(sorted(ECOSYSTEMS), dice.randint(1, 3)):
        name, spelled, early = ECOSYSTEMS[ecosystem]
        early = spelled if ecosystem == "PyPI" else early
        ranges = branches(dice, spelled, early, open_ends=ecosystem != "Go")
        text += f'[[affected]]\necosystem = "{ecosystem}"\nname = "{name.format(number)}"\nversions = {listed(ranges)}\n'
        fixed = all("< " in one for one in ranges)
        if not fixed and dice.random() < 0.5:
            text += 'no-fix = "It is no longer maintained, and <nobody> & 🦀 will mend it."\n'
    return text


def advisory(dice, number):
    """One advisory."""
    some = lambda chance: dice.random() < chance
    cvss = [v3(dice)] * some(0.6) + [v2(dice)] * some(0.3) + [V4] * some(0.3)
    aliases = [f"CVE-2026-{20000 + number}"] * some(0.7) + [f"CVE-2026-{30000 + number}"] * some(0.1)
    aliases += [f"PYSEC-2026-{number}"] * some(0.3)
    text = f"""id = "x_RANDOM-2026-{number:04}"
title = "Crafted `<x{number}>` & ]]> | 🦀 input writes files"
severity = "{dice.choice(['high', 'low'])}"
cvss = {listed(cvss)}
cwe = {listed(f"CWE-{one}" for one in dice.sample(WEAKNESSES, dice.randint(0, 3)))}
aliases = {listed(aliases)}
impact = "Whoever sends number {number} writes files & more."
description = "Text with `<code>`, *marks* and | bars for all who read it."
"""
    text += 'affected-if = "You read what others send."\n' * some(0.5)
    text += 'workaround = "Read nothing that others send."\n' * some(0.5)
    text += affected(dice, number) + statuses(dice)
    text += f'[[reference]]\ntype = "fix"\nurl = "https://example.org/fix/{number}?a=b&c=d"\n'
    for at in range(dice.randint(0, 3)):
        # A hidden name may not be part of a shown one: caveat would stop the build.
        shown = some(0.7)
        name = f"Zoë <{at}> & 🦀 {number}" if shown else f"Quiet{at} Nobody{number}x"
        consent = '["advisory"]' if shown else '["release-notes"]'
        role = dice.choice(["finder", "reporter", "tool", "sponsor"])
        text += f'[[credit]]\nname = "{name}"\nrole = "{role}"\nconsent = {consent}\n'
    text += "[timeline]\ndisclosed = 2026-05-01T00:00:00Z\n" + "exploited = 2026-05-02T00:00:00Z\n" * some(0.2)
    times = sorted(dice.sample(range(1, 28), dice.randint(1, 4)))
    for at, day in enumerate(times):
        text += f'[[revision]]\nat = 2026-06-{day:02}T10:00:00Z\nnote = "State {at + 1} <of> it & 🦀."\n'
    if len(times) > 1 and some(0.2):
        reason = dice.choice(["not-reproducible", "not-a-vulnerability", "wrong-package", "issued-in-error"])
        text += f'[withdrawn]\nat = 2026-06-{times[-1]:02}T10:00:00Z\nreason = "{reason}"\nnote = "Nobody could."\n'
    return text


def repository(where, url, category):
    """A committed repository of this feed at this address."""
    dice = random.Random(7)
    (where / "advisories/2026").mkdir(parents=True)
    rules = "".join(f'[[rule]]\ncode = "{code}"\nlevel = "off"\n' for code in RULES)
    (where / "caveat.toml").write_text(PROJECT.format(url=url, category=category) + FREE + "".join(packages()) + rules, "utf-8")
    for number in range(1, COUNT + 1):
        path = where / f"advisories/2026/x_RANDOM-2026-{number:04}.toml"
        path.write_text(advisory(dice, number), "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b.org", "commit", "-qm", "m"]):
        subprocess.run(["git", "-C", where, *command], check=True, stdout=sys.stderr)
    return where
