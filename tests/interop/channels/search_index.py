"""Owns: reading what search shows of an advisory."""

import json

FILES, PLACE = "search/documents/*.json", "advisory"


def read(path, data, source):
    """Each document: id, title, rank, day, packages, how many more, other names, and 1 where it is withdrawn."""
    labels = list(source.labels.values())
    for identity, _, severity, _, _, _, aliases, gone in json.loads(data):
        status = "withdrawn" if gone else "published"
        yield identity, None, {"severity": labels[severity], "aliases": frozenset(aliases), "status": status}
