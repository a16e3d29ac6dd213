"""Owns: a small made-up feed about crates and Go modules: several of them in one advisory, every kind of end, fixes that are
pre-releases, functions, what was withdrawn, and links, ids and scores that readers of RustSec files die of.

The same on every run. Each advisory has its own packages, so that one project can have all of them.
"""

import shutil
import subprocess
import sys

PROJECT = """[feed]
name = "Code & <Sons>"
url = "https://code.example.org"
id-prefix = "x_CODE"
license = "CC-BY-4.0"
[policy]
[[policy.severity]]
id = "high"
definition = "Soon."
[[policy.contact]]
name = "Team"
url = "mailto:security@code.example.org"
"""
RULES = ["policy-contact-example", "package-repository-missing", "cwe-missing", "title-duplicate", "reference-fix-missing", "reference-missing",
         "workaround-missing", "range-prerelease-fix", "range-open", "range-last-affected", "description-short", "cvss-extra-metrics",
         "cvss-v3-missing", "alias-year", "function-crate", "function-module", "withdrawn-note-missing", "impact-repeats-title", "reference-alias"]
# What an advisory says besides: every one of these has killed a reader of a whole database.
ODD = {
    "a score of 4.0 alone": 'cvss = ["CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"]',
    "a score with more than base metrics": 'cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O"]',
    "an alias of before 2000": 'aliases = ["CVE-1999-0001", "GHSA-2345-6789-cfgh"]',
    "quotes and fences": "title = 'Crafted \"quotes\" and `fences` stop readers'",
}
LINK = '[[reference]]\ntype = "web"\nurl = "https://code.example.org/?q[]=1&r={number}"\n'
FENCE = '"""\nSay this:\n\n```toml\npatched = ["nothing"]\n```\n\nand "that".\n"""'

# Name, ranges, functions. Three crates stand in one advisory: each has a file of its own.
CRATES = [
    [("plain", ["< 1.2.0"], ["plain::read", "other::read", "plain::Vec<u8>::from"])],
    [("two-branches", [">= 1.0.0, < 1.0.9", ">= 2.0.0-rc.1, < 2.1.0"], ["two_branches::a::B"])],
    [("last", ["<= 1.4.0"], [])],
    [("single", ["= 1.3.0"], [])],
    [("open", [">= 2.0.0"], ["open::read"])],
    [("all", [">= 0"], ["all::read"])],
    [("pre-fix", [">= 1.0.0-alpha.2, < 1.0.0-rc.3"], [])],
    [("gap", ["= 1.0.0", "= 1.0.1", ">= 1.0.3, <= 1.0.4", ">= 1.1.0"], [])],
    [("family-core", ["< 3.0.0"], ["family_core::f"]), ("family-sys", [">= 1.0.0, < 2.0.0"], []), ("family_cli", ["<= 0.9.0"], [])],
    [("lowest", [">= 0.0.0-0, < 0.0.0-1"], [])],
]
# Of one module the package `called` has a flaw in a function that is called, of another in one that is not.
MODULES = [
    [("example.org/plain", ["< 1.2.0"], ["example.org/plain/lib.Called"])],
    [("example.org/uncalled", ["< 1.2.0"], ["example.org/uncalled/lib.Idle"])],
    [("example.org/whole", [">= 1.0.0, < 1.0.9", ">= 1.1.0-rc.1, < 1.2.0"], [])],
    [("example.org/method", [">= 1.0.0"], ["example.org/method/lib.Type.Method"])],
    [("example.org/dotted.v3", [">= 0"], ["example.org/dotted.v3/lib.Called"])],
    [("example.org/misnamed", ["< 1.2.0"], ["Called"])],
    [("stdlib", ["< 99.0.0"], ["net/http.Server.Serve"])],
    [("example.org/first", ["< 1.2.0"], ["example.org/first/lib.Called"]), ("example.org/second", ["< 1.3.0"], [])],
]


def advisory(number, rows, odd="", gone=False):
    """One advisory about these packages."""
    identity = f"x_CODE-2026-{number:04}"
    title = "" if odd.startswith("title") else f'title = "Crafted input of kind {number} stops the reader"'
    lines = [f'id = "{identity}"', title, 'severity = "high"', odd, 'impact = "The program stops, or worse."', f"description = {FENCE}"]
    for ecosystem, name, versions, functions in rows:
        lines += ["[[affected]]", f'ecosystem = "{ecosystem}"', f'name = "{name}"', f"versions = {versions}", f"functions = {functions}"]
    lines += [LINK.format(number=number), "[[revision]]", "at = 2026-06-01T10:00:00Z", 'note = "First published."']
    if gone:
        lines += ["[[revision]]", "at = 2026-06-02T10:00:00Z", 'note = "Withdrawn."']
        lines += ["[withdrawn]", "at = 2026-06-02T10:00:00Z", 'reason = "not-a-vulnerability"', 'note = "It was none."']
    return identity, "\n".join(line for line in lines if line).replace("'", '"' if "title = '" not in odd else "'") + "\n"


def advisories():
    """All of them: the odd facts go round; of crates and of modules one each is withdrawn."""
    odd, number = list(ODD.values()), 0
    for ecosystem, groups in (("crates.io", CRATES), ("Go", MODULES)):
        for group in groups:
            number += 1
            # An alias belongs to one advisory.
            said = odd[number % len(odd)]
            said = said.replace("1999-0001", f"1999-{number:04}").replace("2345-6789", f"2345-{'23456789cfghjmpqrvwx'[number]}789")
            yield advisory(number, [(ecosystem, *row) for row in group], said)
        number += 1
        gone = "gone" if ecosystem == "crates.io" else "example.org/gone"
        yield advisory(number, [(ecosystem, gone, ["< 9.0.0"], [])], gone=True)


def repository(where):
    """A committed repository."""
    shutil.rmtree(where, ignore_errors=True)
    (where / "advisories/2026").mkdir(parents=True)
    rules = "".join(f'[[rule]]\ncode = "{code}"\nlevel = "off"\n' for code in RULES)
    (where / "caveat.toml").write_text(PROJECT + rules, "utf-8")
    for identity, text in advisories():
        (where / f"advisories/2026/{identity}.toml").write_text(text, "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b.org", "commit", "-qm", "m"]):
        subprocess.run(["git", "-C", where, *command], check=True, stdout=sys.stderr)
    return where
