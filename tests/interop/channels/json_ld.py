"""Owns: reading the linked data of an advisory's page."""

import json

from html_reader import document

FILES, PLACE = "advisories/*/index.html", "advisory"


def read(path, data, source):
    """The `TechArticle`."""
    article = json.loads(document(data).find(".//script[@type='application/ld+json']").text)
    first, *others = article["identifier"]
    yield first, None, {"aliases": frozenset(others), "status": article["creativeWorkStatus"].lower()}
