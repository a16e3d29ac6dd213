"""Owns: reading the page of thanks, and those of years where there are many people."""

from collections import defaultdict

from facts import role
from html_reader import document, one_with_class, text, with_class

FILES, PLACE = ("thanks/index.html", "thanks/*/index.html"), "thanks"


def read(path, data, source):
    """Who did what for which advisory."""
    found = defaultdict(set)
    for listed in with_class(document(data), "people", "dl"):
        name = None
        for one in listed:
            if one.tag == "dt":
                name = text(one.find(".//bdi"))
            for help in with_class(one, "help"):
                found[text(help.find("a"))].add((name, role(text(one_with_class(help, "role")))))
    for identity, people in found.items():
        yield identity, None, {"credits": frozenset(people)}


def expected(source):
    """Every advisory that stands and thanks somebody who may be named there."""
    return {(one.id, None) for one in source.advisories.values() if one.standing and one.credits(PLACE)}
