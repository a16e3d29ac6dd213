"""Owns: reading CVE records. What is withdrawn is rejected, and says no more than why."""

import json

import cve_reader
from facts import advised, fixed_in, role, spelled_branches

FILES, PLACE = "cve/CVE-*.json", "advisory"


def expected(source):
    """The advisories with a CVE id that is ours, where somebody assigns any."""
    return {(one.id, None) for one in source.advisories.values() if ours(source, one)}


def ours(source, advisory):
    """Its CVE ids that no exception names."""
    if source.cve is None:
        return []
    others = source.cve.get("not-ours", [])
    return [alias for alias in advisory.written.get("aliases", []) if alias.startswith("CVE-") and alias not in others]


def read(path, data, source):
    """One record; no two advisories of these feeds share an id."""
    record = json.loads(data)
    ident = record["cveMetadata"]["cveId"]
    advisory = next(one for one in source.advisories.values() if ident in ours(source, one))
    state = {"PUBLISHED": "published", "REJECTED": "withdrawn"}[record["cveMetadata"]["state"]]
    facts = {"status": state}
    if state == "published":
        container = cve_reader.cna(record)
        if container["source"]["advisory"] != advisory.id:
            raise ValueError(f"{ident} is of {container['source']['advisory']}, not of {advisory.id}")
        facts |= of_flaw(record, container, advisory)
    yield advisory.id, None, facts


def of_flaw(record, container, advisory):
    """All that is gone from what is rejected."""
    products = {(cve_reader.ecosystem(one), one["packageName"]): one for one in cve_reader.packages(container)}
    branches = {key: spelled_branches(key[0], cve_reader.branches(one)) for key, one in products.items()}
    return {
        "affected": branches,
        "fixed": {key: fixed_in(key[0], found) for key, found in branches.items()},
        "advice": advice(container, advisory),
        "severity": cve_reader.severity(container),
        "scores": frozenset(cve_reader.vectors(container)),
        "aliases": frozenset(cve_reader.names(record)),
        "credits": frozenset((one["value"], role(one["type"])) for one in container.get("credits", [])),
    }


def advice(container, advisory):
    """The versions that users of each package are sent to; packages that share a title are told apart by what they are called."""
    told, found = [one["value"] for one in container["solutions"]], {}
    for one in advisory.packages:
        own = f"{one.ecosystem} {one.name}: "
        sentences = [text.removeprefix(own) for text in told if text.startswith(own)] or told
        found[one.id] = next(filter(None, (attempt(text, one) for text in sentences)), frozenset())
    return found


def attempt(sentence, package):
    """The versions of a sentence, or none where it is of another package or no advice."""
    try:
        return advised(sentence, package.title, package.ecosystem)
    except ValueError:
        return None
