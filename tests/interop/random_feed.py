"""Owns: a made-up feed of many advisories, the same for the same seed: every ecosystem whose versions it can name in their
order, branches with and without an end, scores, classes, names, people, revisions, withdrawals.

Usage: random_feed.py WHERE [COUNT [SEED]]
It knows the form from advisories/README.md alone, and the order of versions because it makes them ascending.
"""

import json
import random
import shutil
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from hostile_feed import caveat_in

# So many years that no list of a year or month is longer than a page shows: the check reads all of it.
SEED, COUNT, YEARS = 20261121, 500, range(2006, 2026)
HOST = "https://random.example.org"

# Ecosystem, a name for the package of a number, the spelling of the version of a place.
KINDS = [
    ("PyPI", "py-{}", lambda n: [f"{n}.0", f"{n}.0.1", f"{n}.1rc1", f"{n}.1", f"{n}.1.post1"]),
    ("npm", "@team-{}/pack", lambda n: [f"{n}.0.0-rc.1", f"{n}.0.0", f"{n}.0.1", f"{n}.1.0", f"{n}.1.1-beta"]),
    ("crates.io", "crate_{}", lambda n: [f"{n}.0.0-alpha.2", f"{n}.0.0", f"{n}.0.9", f"{n}.0.10", f"{n}.2.0"]),
    ("Go", "example.org/mod{}", lambda n: [f"{n}.0.0-rc.1", f"{n}.0.0", f"{n}.0.1", f"{n}.1.0", f"{n}.2.0"]),
    ("Maven", "org.team{}:part", lambda n: [f"{n}.0-rc-1", f"{n}.0.1", f"{n}.1", f"{n}.1.1", f"{n}.2"]),
    ("RubyGems", "gem-{}", lambda n: [f"{n}.0.0.rc1", f"{n}.0.1", f"{n}.1.0", f"{n}.1.1", f"{n}.2.0"]),
    ("NuGet", "Team.Pack{}", lambda n: [f"{n}.0.0-rc.1", f"{n}.0.1", f"{n}.1.0", f"{n}.1.1", f"{n}.2.0"]),
    ("Packagist", "team{}/pack", lambda n: [f"{n}.0.0-RC1", f"{n}.0.1", f"{n}.1.0", f"{n}.1.1", f"{n}.2.0"]),
    ("Hex", "hex_{}", lambda n: [f"{n}.0.0-rc.1", f"{n}.0.1", f"{n}.1.0", f"{n}.1.1", f"{n}.2.0"]),
    ("Debian:13", "deb-{}", lambda n: [f"{n}.0~rc1-1", f"{n}.0-1", f"{n}.0-1+deb13u1", f"{n}.1+dfsg-2", f"1:{n}.0-1"][:4]),
    ("Alpine:v3.22", "apk-{}", lambda n: [f"{n}.0.0-r0", f"{n}.0.0-r1", f"{n}.0.1-r0", f"{n}.1.0_p1-r0", f"{n}.2.0-r0"]),
]
DECLARED, FOREIGN = 2, 3  # of each kind: in caveat.toml, and in advisories alone
CLASSES = ["severe", "high", "medium", "low", "note"]
LABELS = {"severe": "Drop everything", "high": "High", "medium": "Middling", "low": "Low", "note": "For the record"}
VECTORS = {
    "severe": ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"),
    "high": ("CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", "CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"),
    "medium": ("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H", "CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N"),
    "low": ("CVSS:3.0/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N", None),
    "note": (None, None),
}
ROLES = ["finder", "reporter", "analyst", "coordinator", "remediation-developer", "remediation-reviewer",
         "remediation-verifier", "tool", "sponsor", "other"]
PLACES = ["advisory", "release-notes", "thanks", "annual-report"]
PARTS = ["Vela", "Orin", "Tamsel", "Žofie", "Kwame", "Łucja", "Søren", "Nguyễn", "O'Dell", "李", "Иван", "ליאת", "Ann-Marie", "de la Rey"]
LETTERS = "23456789cfghjmpqrvwx"
# What a made-up feed lacks is nobody's fault.
OFF = ["policy-contact-example", "policy-contact-single", "package-repository-missing", "cwe-missing", "cvss-v3-missing",
       "title-duplicate", "reference-fix-missing", "reference-missing", "workaround-missing",
       "range-prerelease-fix", "range-open", "range-last-affected", "description-short", "promise-overdue",
       "policy-disclosure-missing", "impact-repeats-title", "alias-year", "reference-alias"]


def quoted(text):
    """A basic string of TOML."""
    return json.dumps(text, ensure_ascii=False)


def versions(kind):
    """Every version of a package of a kind, ascending."""
    return [one for number in range(1, 7) for one in kind[2](number)]


def packages():
    """The packages of caveat.toml, then those that only advisories name. Some share a name across ecosystems."""
    for nth, kind in enumerate(KINDS):
        for number in range(DECLARED + FOREIGN):
            name = kind[1].format(number)
            title = f"Team’s <{name}> & co." if number == 1 else name.rpartition("/")[2] if number == 0 else name
            declared = number < DECLARED
            yield {"ecosystem": kind[0], "name": name, "key": f"k{nth}-{number}", "declared": declared,
                   "title": f"{title} {nth}" if declared else name, "versions": versions(kind), "listed": number == 1}
    for ecosystem in ("npm", "crates.io", "PyPI"):
        kind = next(one for one in KINDS if one[0] == ecosystem)
        yield {"ecosystem": ecosystem, "name": "twin", "key": "twin", "declared": False, "title": "twin",
               "versions": versions(kind), "listed": False}


def project():
    """caveat.toml."""
    lines = ["[feed]", 'name = "Random & <Sons>"', f'url = "{HOST}"', 'id-prefix = "x_RAND"', 'license = "CC-BY-4.0"', "[csaf]", 'category = "other"',
             "[cve]", 'assigner-org-id = "c0ffee00-1234-4abc-8def-0123456789ab"', 'assigner-short-name = "random"', "[vex]", 'author = "Random & <Sons>"', 'role = "Other"', "[mail]",
             'from = "Random, Sons & Co. <advisories@random.example.org>"']
    for name, style in (("announce", "project"), ("oss-security", "oss-security")):
        lines += ["[[mail.list]]", f'name = "{name}"', f'to = "{name}@random.example.org"', f'style = "{style}"']
    lines += ["[policy]", 'bulletin = "month"']
    for one in CLASSES:
        lines += ["[[policy.severity]]", f'id = "{one}"', f"label = {quoted(LABELS[one])}", 'definition = "As it is called."']
    lines += ["[[policy.contact]]", 'name = "Team"', 'url = "mailto:security@random.example.org"', "[policy.credit]",
              f"places = {json.dumps(PLACES)}"]
    for one in filter(lambda one: one["declared"], packages()):
        lines += ["[[package]]", *(f"{key} = {quoted(one[key])}" for key in ("key", "ecosystem", "name", "title"))]
        lines += [f"releases = {json.dumps(one['versions'])}"] if one["listed"] else []
    for code in OFF:
        lines += ["[[rule]]", f'code = "{code}"', 'level = "off"']
    return "\n".join(lines) + "\n"


def branches(chance, ecosystem, all_versions):
    """One to three branches, apart from each other, as expressions. Ranges of Go end in a fix or not at all."""
    count = chance.choice([1, 1, 1, 2, 2, 3])
    cuts = sorted(chance.sample(range(len(all_versions)), count * 2))
    found = []
    for nth in range(count):
        low, high = (all_versions[at] for at in cuts[nth * 2 : nth * 2 + 2])
        last = nth == count - 1
        start = "" if nth == 0 and chance.random() < 0.4 else f">= {low}, "
        form = chance.choice(["fixed"] * 6 + ["last", "only"] * (ecosystem != "Go") + ["open"] * last)
        found.append({
            "fixed": f"{start}< {high}", "last": f"{start}<= {high}", "only": f"= {low}", "open": (start or ">= 0")[:-2] if start else ">= 0",
        }[form])
    return found


def aliases(chance, year):
    """Names in several databases, no two advisories the same: each database has so many that none repeats."""
    word = lambda size, letters: "".join(chance.choice(letters) for _ in range(size))
    all_names = [
        f"CVE-{year}-{chance.randrange(10**6, 10**7)}", f"GHSA-{'-'.join(word(4, LETTERS) for _ in range(3))}",
        f"PYSEC-{year}-{chance.randrange(1000, 99999)}", f"RUSTSEC-{year}-{chance.randrange(1000, 9999)}", f"GO-{year}-{chance.randrange(1000, 9999)}",
    ]
    return chance.sample(all_names, chance.choice([0, 1, 1, 2, 2, 3]))


def people(chance, number):
    """Credits, no name twice in the feed, so that a name in the wrong place is found by looking for it."""
    for nth in range(chance.choice([0, 1, 1, 2, 3])):
        name = f"{chance.choice(PARTS)} {chance.choice(PARTS)} {word_of(number * 4 + nth)}"
        lines = ["[[credit]]"] + ([f"name = {quoted(name)}"] if chance.random() < 0.85 else [])
        lines += [f'role = "{chance.choice(ROLES)}"']
        if len(lines) == 3:
            lines += [f"consent = {json.dumps(sorted(chance.sample(PLACES, chance.choice([0, 1, 2, 3, 4])), key=PLACES.index))}"]
            lines += [f'url = "https://people.example.org/{number}-{nth}"'] * (chance.random() < 0.3)
        yield from lines


def word_of(number):
    """A surname that no other number has."""
    syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu"]
    return "".join(syllables[int(digit)] for digit in f"{number:04}").capitalize()


def affected(chance, chosen):
    """The tables of packages."""
    for one in chosen:
        where = [f"package = {quoted(one['key'])}"] if one["declared"] else [f"{key} = {quoted(one[key])}" for key in ("ecosystem", "name")]
        yield from ["[[affected]]", *where, f"versions = {json.dumps(branches(chance, one['ecosystem'], one['versions']))}"]


def advisory(chance, number, year, identity, known, earlier):
    """One advisory; some are revised, exploited, withdrawn, replaced by an earlier one."""
    at = datetime(year, 1, 5, 8, tzinfo=timezone.utc) + timedelta(hours=chance.randrange(24 * 300))
    chosen = chance.sample(known, chance.choice([1, 1, 1, 2, 3, 5]))
    severity = chance.choice(CLASSES)
    scores = [one for one in VECTORS[severity] if one and chance.random() < 0.6]
    lines = [f'id = "{identity}"', f'title = "Crafted input of kind {number} reaches `sink_{number}` & <others>"', f'severity = "{severity}"']
    lines += [f"cvss = {json.dumps(scores)}"] if scores else []
    names = aliases(chance, year)
    lines += [f"aliases = {json.dumps(names)}"] if names else []
    lines += ['impact = "Whoever supplies the input decides what is written, and where."']
    lines += [f'description = "The reader of kind {number} trusts a length that the input states. It copies so many bytes."']
    lines += ['workaround = "Refuse input of strangers."'] if chance.random() < 0.3 else []
    lines += ['affected-if = "You read input of strangers."'] if chance.random() < 0.3 else []
    lines += list(affected(chance, chosen)) + list(people(chance, number))
    if chance.random() < 0.2:
        lines += ["[timeline]", f"exploited = {at - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"]
    gone = chance.random() < 0.1
    count = 1 + chance.choice([0, 0, 0, 1, 2]) + gone
    for nth in range(count):
        told = at + timedelta(days=9 * nth)
        note = "First published." if nth == 0 else "Withdrawn, for it was none." if gone and nth == count - 1 else f"Say more of kind {number}."
        lines += ["[[revision]]", f"at = {told:%Y-%m-%dT%H:%M:%SZ}", f'note = "{note}"']
        lines += ["editorial = true"] if 0 < nth < count - gone and chance.random() < 0.3 else []
    if gone:
        replaced = earlier and chance.random() < 0.5
        lines += ["[withdrawn]", f"at = {told:%Y-%m-%dT%H:%M:%SZ}", f'reason = "{"duplicate" if replaced else "not-a-vulnerability"}"']
        lines += [f'replaced-by = ["{earlier[-1]}"]'] if replaced else []
        lines += ['note = "It was none."']
    return "\n".join(lines) + "\n", gone


def repository(where, count=COUNT, seed=SEED):
    """A committed repository; the versions of each package, ascending, by ecosystem and name."""
    chance, known, standing = random.Random(seed), list(packages()), []
    shutil.rmtree(where, ignore_errors=True)
    (where / "advisories").mkdir(parents=True)
    (where / "caveat.toml").write_text(project(), "utf-8")
    for number in range(count):
        year = YEARS[number * len(YEARS) // count]
        identity = f"x_RAND-{year}-{number + 1:04}"
        text, gone = advisory(chance, number, year, identity, known, standing)
        standing += [] if gone else [identity]
        path = where / f"advisories/{year}/{identity}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b.org", "commit", "-qm", "m"]):
        subprocess.run(["git", "-C", where, *command], check=True, stdout=sys.stderr)
    return {(one["ecosystem"], one["name"]): one["versions"] for one in known}


def built(caveat, scratch, count=COUNT, seed=SEED):
    """The repository, its site, and the versions of each package."""
    where, site = scratch / "random", scratch / "random-site"
    places = repository(where, count, seed)
    shutil.rmtree(site, ignore_errors=True)
    caveat_in(caveat, where, "build", "--out", site)
    return where, site, places


if __name__ == "__main__":
    repository(Path(sys.argv[1]), *map(int, sys.argv[2:]))
