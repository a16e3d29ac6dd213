"""Owns: reading the pages of bulletins."""

from card_reader import cards
from html_reader import document

FILES, PLACE = "bulletins/*/index.html", "advisory"


def read(path, data, source):
    """Each card. What was only updated in a period has none there."""
    yield from cards(document(data))


def expected(source):
    """Every advisory, in the feed that promises bulletins; its periods are over."""
    return {(one.id, None) for one in source.advisories.values()} if source.bulletins else set()
