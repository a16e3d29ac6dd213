"""Owns: reading the lists of advisories: by time, year, severity, weakness, and the withdrawn."""

from card_reader import cards
from html_reader import document

FILES, PLACE = ("index.html", "years/**/index.html", "severity/**/index.html", "weaknesses/**/index.html", "withdrawn/**/index.html"), "advisory"


def read(path, data, source):
    """Each card."""
    yield from cards(document(data))
