"""Owns: reading the records of the database of Go modules, and the index by which they are found."""

import json

from channels.osv import of_events
from facts import fixed_in, role, spelled_branches

FILES, PLACE = "go/ID/*.json", "advisory"


def expected(source):
    """Each module of each advisory."""
    return {(one.id, (package.id,)) for one in source.advisories.values() for package in one.packages if package.ecosystem == "Go"}


def read(path, data, source):
    """One record; of other ecosystems it says nothing."""
    record = json.loads(data)
    for one in record["affected"]:
        key = one["package"]["ecosystem"], one["package"]["name"]
        types = {ranges["type"] for ranges in one["ranges"]}
        if types != {"SEMVER"}:
            raise ValueError(f"ranges of type {sorted(types)}")
        branches = spelled_branches("Go", [branch for ranges in one["ranges"] for branch in of_events(ranges["events"])])
        yield record["id"], (key,), {
            "affected": {key: branches},
            "fixed": {key: fixed_in("Go", branches)},
            "severity": record["database_specific"]["severity"],
            "scores": frozenset(one["score"] for one in record.get("severity", [])),
            "aliases": frozenset(record.get("aliases", [])),
            "credits": frozenset((one["name"], role(one["type"])) for one in record.get("credits", [])),
            "status": "withdrawn" if "withdrawn" in record else "published",
        }
