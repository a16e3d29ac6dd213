"""Owns: shapes of records that are valid by schema, or nearly, and crashed, blinded or misled a real client: a self-test.

Usage: torture.py
Each is one change to a good record. contract.py must complain of every one and of the good one not at all, so that it
would see such a shape if the feed ever had it.
"""

import copy

from contract import complaints, rules
from verdicts import verdict

HOME = "https://good.example.org"
GOOD = {
    "schema_version": "1.7.5", "id": "GSD-2026-0001", "modified": "2026-11-20T10:00:00Z", "published": "2026-11-19T10:00:00Z",
    "aliases": ["CVE-2026-12345"], "summary": "Crafted input writes files", "details": "Text.",
    "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
    "affected": [
        {"package": {"ecosystem": "npm", "name": "@s/n", "purl": "pkg:npm/%40s/n"},
         "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.0"}]}]},
        {"package": {"ecosystem": "PyPI", "name": "torch", "purl": "pkg:pypi/torch"},
         "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}, {"fixed": "2.0"}]},
                    {"type": "ECOSYSTEM", "events": [{"introduced": "3.0"}]}]},
        {"package": {"ecosystem": "Go", "name": "example.org/m", "purl": "pkg:golang/example.org/m"},
         "ranges": [{"type": "SEMVER", "events": [{"introduced": "1.0.0-rc.1"}, {"fixed": "1.0.0"}]}]},
    ],
    "references": [{"type": "ADVISORY", "url": f"{HOME}/advisories/GSD-2026-0001/"}],
    "credits": [{"name": "A. Finder", "type": "FINDER"}],
    "database_specific": {"url": f"{HOME}/advisories/GSD-2026-0001/"},
}
NPM, PYPI, GO = range(3)
GIT = {"type": "GIT", "repo": "https://github.com/o/x", "events": [{"introduced": "0"}, {"fixed": "2" * 40}]}


def at(*path):
    """A change of the value at a place; of None, its removal."""
    def change(record, value):
        *above, last = path
        for step in above:
            record = record[step]
        if value is REMOVED:
            del record[last]
        else:
            record[last] = value
    return change


REMOVED = object()
RANGE = ("affected", PYPI, "ranges", 0, "events")
# What it is and who suffered, where it is, what is there.
SHAPES = [
    ("a GIT range before the version range: osv-scanner and osv-detector miss it", at("affected", NPM, "ranges"), [GIT, GOOD["affected"][NPM]["ranges"][0]]),
    ("an entry without package beside PyPI: pip-audit dies", at("affected", NPM), {"ranges": [GIT]}),
    ("an unknown nested key: osv-scanner drops the record", at("affected", NPM, "package", "owner"), "x"),
    ("an unknown type of reference: osv-scanner drops the record", at("references", 0, "type"), "ISSUE"),
    ("a source of a severity: osv-scanner 2.3 and 2.4 drop the record", at("severity", 0, "source"), "SELF"),
    ("credit_type: osv-scanner drops the record", at("credits", 0, "credit_type"), "FINDER"),
    ("a severity of a type of tomorrow", at("severity", 0, "type"), "CVSS_V5"),
    ("schema_version null: pip-audit dies", at("schema_version"), None),
    ("aliases null: pip-audit dies", at("aliases"), None),
    ("affected null: foxguard refuses all records", at("affected"), None),
    ("a fraction of a second: pip-audit dies", at("published"), "2026-11-19T10:00:00.123456789Z"),
    ("an offset: pip-audit dies", at("published"), "2026-11-19T11:00:00+01:00"),
    ("published null", at("published"), None),
    ("modified before published: pollers miss it", at("modified"), "2026-11-18T10:00:00Z"),
    ("a fix that is no version: pip-audit dies", at(*RANGE, 1, "fixed"), "two"),
    ("an unknown ecosystem: osv-scanner dies", at("affected", NPM, "package", "ecosystem"), "Acme"),
    ("no database_specific: govulncheck dies", at("database_specific"), REMOVED),
    ("last_affected for Go: govulncheck accuses all versions", at("affected", GO, "ranges", 0, "events", 1), {"last_affected": "1.0.0"}),
    ("ECOSYSTEM for Go: govulncheck accuses all versions", at("affected", GO, "ranges", 0, "type"), "ECOSYSTEM"),
    ("SEMVER for PyPI: pip-audit shows no fix", at("affected", PYPI, "ranges", 0, "type"), "SEMVER"),
    ("events out of order: foxguard and cve-lite offer a wrong fix", at(*RANGE), [{"fixed": "2.0"}, {"introduced": "1.0"}]),
    ("events that descend", at(*RANGE), [{"introduced": "2.0"}, {"fixed": "1.0"}]),
    ("introduced and fixed in the same version", at(*RANGE), [{"introduced": "2.0"}, {"fixed": "2.0"}]),
    ("two keys in one event", at(*RANGE), [{"introduced": "1.0", "fixed": "2.0"}]),
    ("versions without ranges: cve-lite misses it", at("affected", NPM), {"package": GOOD["affected"][NPM]["package"], "versions": ["1.0.0"]}),
    ("limit on versions: osv-scanner accuses too many", at(*RANGE), [{"introduced": "1.0"}, {"limit": "2.0"}]),
    ("a name that is not normalised: osv-scanner misses it", at("affected", PYPI, "package", "name"), "Torch"),
    ("no purl: Renovate and Dependency-Track miss it", at("affected", NPM, "package", "purl"), REMOVED),
    ("a purl with @: Renovate misses it", at("affected", NPM, "package", "purl"), "pkg:npm/@s/n"),
    ("fixes in the second range: pip-audit shows none", at("affected", PYPI, "ranges"),
     [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"last_affected": "0.5"}]}, GOOD["affected"][PYPI]["ranges"][0]]),
    ("what has no end behind others: vdb forgets it", at(*RANGE), [{"introduced": "1.0"}, {"fixed": "2.0"}, {"introduced": "3.0"}]),
    ("a package twice", at("affected", GO), GOOD["affected"][NPM]),
    ("itself among its aliases", at("aliases"), ["GSD-2026-0001"]),
    ("an alias twice", at("aliases"), ["CVE-2026-12345", "CVE-2026-12345"]),
    ("severity in two places", at("affected", NPM, "severity"), GOOD["severity"]),
    ("a summary of two lines", at("summary"), "One\nTwo"),
    ("a summary that lists cut", at("summary"), "x" * 121),
    ("no way home", at("references", 0, "url"), "https://elsewhere.example.org"),
]


def said(record):
    """All complaints."""
    return [problem for rule in rules(HOME).values() for problem in complaints(rule, record)]


def main():
    """The good record, then every shape."""
    verdict("contract", "-", "says nothing of a record that every client reads", said(GOOD))
    silent = []
    for name, change, value in SHAPES:
        record = copy.deepcopy(GOOD)
        change(record, copy.deepcopy(value) if value is not REMOVED else value)
        if name == "no way home":
            record["database_specific"]["url"] = record["references"][0]["url"]
        if not said(record):
            silent.append(name)
    verdict("contract", "-", f"complains of each of {len(SHAPES)} shapes that a client cannot stand", silent)


main()
