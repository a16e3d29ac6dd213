"""Owns: reading every Atom feed: of all, of each package, of each severity."""

import feedparser

from feed_item import package, told

FILES, PLACE = "**/feed.atom", "advisory"


def read(path, data, source):
    """Each entry. feedparser would clean the HTML of its content, and has to be told not to."""
    feed = feedparser.parse(data, sanitize_html=False)
    for entry in feed.entries:
        terms = [one.term for one in entry.tags]
        label = next(one.label for one in entry.tags if one.term.startswith("severity:"))
        keys = [package(term) for term in terms if not term.startswith("severity:")]
        title = entry.title
        yield entry.link.rstrip("/").rpartition("/")[2], None, told(entry.content[0].value, keys) | {
            "severity": label if title.endswith(f"({label})") else title,
            "status": "withdrawn" if title.startswith("Withdrawn: ") else "published",
        }
