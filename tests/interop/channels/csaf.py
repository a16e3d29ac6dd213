"""Owns: reading CSAF documents of advisories. What is withdrawn is a document without products."""

import json

import csaf_reader
from facts import advised, in_words, role, spelled, spelled_branches

FILES, PLACE = "csaf/white/*/*.json", "advisory"
KINDS = {"fixed": "fixed", "last_affected": "last", "": "open"}


def read(path, data, source):
    """One document."""
    document = json.loads(data)
    head = document["document"]
    if head["category"] == "csaf_vex":
        return  # Those of packages are a channel of their own.
    facts = {
        "severity": head["aggregate_severity"]["text"],
        "status": {"csaf_base": "withdrawn", "csaf_security_advisory": "published"}[head["category"]],
    }
    if "vulnerabilities" in document:
        facts |= of_flaw(document, titles(source.advisories[head["tracking"]["id"]]))
    yield head["tracking"]["id"], None, facts


def titles(advisory):
    """Packages by the names of products; those that share a title are told apart by what they are in their ecosystem."""
    plain = [one.title for one in advisory.packages]
    name = lambda one: one.title if plain.count(one.title) == 1 else f"{one.title} ({one.ecosystem} {one.name})"
    return {name(one): one for one in advisory.packages}


def of_flaw(document, packages):
    """All that is gone from what is withdrawn. Several flaws of one document tell the same."""
    flaw = document["vulnerabilities"][0]
    products = {ident: (packages.get(name), branch) for ident, name, branch in csaf_reader.leaves(document["product_tree"]["branches"])}
    status = flaw["product_status"]
    branches, fixed = ({one.id: set() for one in packages.values()} for _ in range(2))
    for ident in status["known_affected"]:
        package, branch = products[ident]
        branches[package.id].add(affected(package, branch))
    for ident in status.get("first_fixed", []):
        package, branch = products[ident]
        fixed[package.id].add(spelled(package.ecosystem, branch["name"]))
    return {
        "affected": {key: spelled_branches(key[0], found) for key, found in branches.items()},
        "fixed": {key: frozenset(found) for key, found in fixed.items()},
        "advice": advice(flaw["remediations"], products),
        "scores": frozenset(csaf_reader.scores(flaw)),
        "aliases": frozenset(csaf_reader.names(document)),
        "credits": frozenset((one["names"][0], role(one["summary"])) for one in flaw.get("acknowledgments", [])),
    }


def affected(package, branch):
    """A branch; the name of the product and its range have to agree."""
    start, kind, end = csaf_reader.stretch(branch)
    found = None if start == "0" else start, KINDS[kind], end or None
    name = branch["product"]["name"].removeprefix(package.title)
    told = in_words(name[2:] if name.startswith(", ") else f"only{name}")
    if told != found:
        raise ValueError(f"{branch['product']['name']} is not {branch['name']}")
    return found


def advice(remedies, products):
    """The versions that users of each package are sent to; a reason for no fix sends them nowhere."""
    found = {}
    for remedy in remedies:
        package, _ = products[remedy["product_ids"][0]]
        if remedy["category"] in ("vendor_fix", "none_available"):
            told = advised(remedy["details"], package.title, package.ecosystem)
            if found.setdefault(package.id, told) != told:
                raise ValueError(f"{package.id}: {remedy['details']}")
        elif remedy["category"] == "no_fix_planned":
            found.setdefault(package.id, frozenset())
    return found
