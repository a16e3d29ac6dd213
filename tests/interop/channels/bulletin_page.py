"""Owns: reading the pages of bulletins."""

from card_reader import cards
from channels.bulletin_text import expected as expected  # What was withdrawn in its own period is on both under a heading of its own.
from html_reader import document

FILES, PLACE = "bulletins/*/index.html", "advisory"


def read(path, data, source):
    """Each card. What was only updated in a period has none there."""
    yield from cards(document(data))
