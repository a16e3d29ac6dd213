"""Owns: reading OpenVEX documents. What is withdrawn affects nothing any more."""

import json

from facts import advised, spelled_branches
from vex_reader import base, names, products

FILES, PLACE = "vex/x_*.openvex.json", "advisory"


def read(path, data, source):
    """One document."""
    document = json.loads(data)
    identity = path.split("/")[-1].removesuffix(".openvex.json")
    gone = [one.get("impact_statement", "").startswith("Withdrawn: ") for one in document["statements"]]
    facts = {"status": "withdrawn" if all(gone) else "published"}
    if not all(gone):
        facts |= of_flaw(identity, document, source.advisories[identity])
    yield identity, None, facts


def of_flaw(identity, document, advisory):
    """Packages that share a package URL, as releases of a distribution do, are told apart by what they are called."""
    packages = {base(*one.id): one for one in advisory.packages}
    branches, advice = ({one.id: set() for one in advisory.packages} for _ in range(2))
    for name, version, branch, status, statement in products(document):
        if status == "affected" and version is None:
            package = packages[name]
            branches[package.id].add(branch)
            sentence = statement["action_statement"].split("\n\n")[0]
            advice[package.id] = advised(sentence, package.title, package.ecosystem)
    return {
        "affected": {key: spelled_branches(key[0], found) for key, found in branches.items()},
        "advice": {key: frozenset(found) for key, found in advice.items()},
        "aliases": frozenset(names(document["statements"][0]) - {identity}),
    }
