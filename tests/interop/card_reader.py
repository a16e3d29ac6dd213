"""Owns: reading an advisory in short, as lists show it."""

from html_reader import one_with_class, severity, text, with_class


def cards(page):
    """Each card of a page. Its versions are those of all packages."""
    for card in with_class(page, "card", "li"):
        names = [text(one) for one in one_with_class(card, "ids").iter("code")]
        shown = [text(one) for one in one_with_class(card, "fixed").iter("code")]
        yield names[0], None, {
            "advice": frozenset(shown),
            "severity": severity(card),
            "aliases": frozenset(names[1:]),
            "status": "withdrawn" if "withdrawn" in card.get("class").split() else "published",
        }
