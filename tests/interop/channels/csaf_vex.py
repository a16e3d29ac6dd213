"""Owns: reading the CSAF VEX documents of packages: each flaw of one package. What is withdrawn affects no version."""

import json

import csaf_reader
from channels.csaf import advice, affected
from facts import spelled, spelled_branches

FILES, PLACE = "csaf/white/*/*-vex-*.json", "advisory"


def read(path, data, source):
    """One document; an id may be in it more than once, under another CVE id each time."""
    document = json.loads(data)
    key = document["document"]["tracking"]["id"].split("-vex-", 1)[1].rsplit("-", 1)[0]
    named = source.packages[key]
    package = named["ecosystem"], named["name"]
    branches = {ident: branch for ident, _, branch in csaf_reader.leaves(document["product_tree"]["branches"])}
    for flaw in document["vulnerabilities"]:
        identity = flaw["ids"][0]["text"]
        gone = all(one["details"].startswith("Withdrawn: ") for one in flaw.get("threats", [])) and "known_affected" not in flaw["product_status"]
        facts = {"status": "withdrawn" if gone else "published"}
        if not gone:
            facts |= of_flaw(flaw, branches, source.by_path[key])
            facts["aliases"] = aliases(document, identity)
        yield identity, (package, None, None), facts


def aliases(document, identity):
    """What else a flaw is called, in all its vulnerabilities."""
    flaws = [one for one in document["vulnerabilities"] if one["ids"][0]["text"] == identity]
    return frozenset({one["cve"] for one in flaws if "cve" in one} | {one["text"] for flaw in flaws for one in flaw["ids"][1:]})


def of_flaw(flaw, branches, package):
    """Branches, fixes and advice."""
    status = flaw["product_status"]
    products = {ident: (package, branch) for ident, branch in branches.items()}
    ends = (spelled(package.ecosystem, branches[one]["name"]) for one in status.get("first_fixed", []))
    held = {affected(package, branches[one]) for one in status.get("known_affected", [])}
    return {
        "affected": {package.id: spelled_branches(package.ecosystem, held)},
        "fixed": {package.id: frozenset(ends)},
        "advice": advice(flaw.get("remediations", []), products),
    }


def expected(source):
    """Each package of caveat.toml that an advisory affects."""
    return {(one.id, (package.id, None, None)) for one in source.advisories.values() for package in one.packages if package.declared}
