"""Owns: reading the mails of releases that fix several flaws."""

import re
from collections import Counter

from facts import advised, fixed_in, in_words, spelled, spelled_branches
from mail_body import aliases, people
from plain_reader import fields, items, sections

FILES, PLACE = "mail/release/**/*.txt", "advisory"


def read(path, data, source):
    """Each issue, for the release that the path names."""
    key, _, name = path.removeprefix("mail/release/").rpartition("/")
    package = source.by_path[key].id
    version = spelled(package[0], name.rsplit(".", 2)[0])
    head, *issues = data.decode("utf-8").split("=" * 72 + "\n\n")
    title = head.split(f" {head.split(' fixes ')[0].rsplit(' ', 1)[1]} fixes ")[0]
    advice = advised(items(sections(head)["WHAT TO DO"])[0], " ".join(title.split()), package[0])
    for issue in issues:
        first = fields(issue.split("\n\n", 2)[1])
        branches = spelled_branches(package[0], [in_words(one) for one in first["Affected"]])
        yield issue.split(":", 1)[0], (package, version, "ends"), {
            "affected": {package: branches},
            "fixed": {package: fixed_in(package[0], branches)},
            "advice": {package: advice},
            "severity": first["Severity"][0],
            "aliases": aliases(first),
            "credits": people(sections(issue).get("CREDITS", "")),
        }


def expected(source):
    """Every fix of a release that fixes several."""
    found = [(one.id, release) for one in source.advisories.values() for release in one.releases()]
    counts = Counter(release for _, release in found)
    return {(identity, release) for identity, release in found if counts[release] > 1}
