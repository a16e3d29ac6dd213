"""Owns: reading whom the reports of years thank."""

from collections import defaultdict

from html_reader import document, text

FILES, PLACE = "reports/*/index.html", "annual-report"


def read(path, data, source):
    """Names of each advisory. What somebody did is told for all advisories of a year together."""
    found = defaultdict(set)
    for one in document(data).xpath('.//h2[@id="thanks"]/following-sibling::ul[1]/li'):
        for link in one.iter("a"):
            found[text(link)].add((text(one.find("bdi")), None))
    for identity, people in found.items():
        yield identity, None, {"credits": frozenset(people)}


def expected(source):
    """Every advisory that stands and thanks somebody who may be named there."""
    return {(one.id, None) for one in source.advisories.values() if one.standing and one.credits(PLACE)}
