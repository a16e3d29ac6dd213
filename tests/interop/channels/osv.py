"""Owns: reading OSV records."""

import json

from facts import fixed_in, role, spelled_branches

FILES, PLACE = "osv/x_*.json", "advisory"


def read(path, data, source):
    """One record."""
    record = json.loads(data)
    branches = {}
    for one in record["affected"]:
        if "package" in one:
            key = one["package"]["ecosystem"], one["package"]["name"]
            found = [branch for ranges in one["ranges"] for branch in of_events(ranges["events"])]
            branches[key] = spelled_branches(key[0], found)
    yield record["id"], None, {
        "affected": branches,
        "fixed": {key: fixed_in(key[0], found) for key, found in branches.items()},
        "severity": record["database_specific"]["severity"],
        "scores": frozenset(one["score"] for one in record.get("severity", [])),
        "aliases": frozenset(record.get("aliases", [])),
        "credits": frozenset((one["name"], role(one["type"])) for one in record.get("credits", [])),
        "status": "withdrawn" if "withdrawn" in record else "published",
    }


def of_events(events):
    """Branches of one range: events stand in the order of versions."""
    low, begun = None, False
    for event in events:
        ((kind, version),) = event.items()
        if kind == "introduced":
            low, begun = (None if version == "0" else version), True
        else:
            begun = False
            yield low, {"fixed": "fixed", "last_affected": "last"}[kind], version
    if begun:
        yield low, "open", None
