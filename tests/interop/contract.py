"""Owns: the contract that real consumers taught us, beyond what OSV's schema asks, checked by an independent reader.

Usage: contract.py SITE FEED_URL [QUESTION..]    (questions that are not asked)
Each rule stands for a shape that is valid by schema and still crashed, hid or over-matched in a scanner or audit tool;
torture.py feeds it those shapes.
"""

import re
import sys
from urllib.parse import quote

from packageurl import PackageURL
from packaging.utils import canonicalize_name

from verdicts import records, verdict
from versions import ORDERED, key, version_ranges

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
PURL_TYPE = {"PyPI": "pypi", "crates.io": "cargo", "npm": "npm", "Go": "golang", "Maven": "maven", "RubyGems": "gem", "NuGet": "nuget",
             "Packagist": "composer", "Hex": "hex", "Bitnami": "bitnami", "Debian": "deb/debian", "Alpine": "apk/alpine",
             "Alpaquita": "apk/alpaquita", "BellSoft Hardened Containers": "apk/bellsoft-hardened-containers"}
# The registry itself refuses what is not SemVer.
SEMVER = {"crates.io", "npm", "Go", "Hex", "Julia"}
KEYS = {
    "record": "schema_version id modified published withdrawn aliases upstream related summary details severity affected "
    "references credits database_specific",
    "affected": "package severity ranges versions ecosystem_specific database_specific",
    "package": "ecosystem name purl",
    "range": "type repo events database_specific",
    "severity": "type score",
    "reference": "type url",
    "credit": "name contact type",
}
KEYS = {place: set(names.split()) for place, names in KEYS.items()}
WORDS = {
    "reference": "ADVISORY ARTICLE DETECTION DISCUSSION REPORT FIX INTRODUCED GIT PACKAGE EVIDENCE WEB",
    "credit": "FINDER REPORTER ANALYST COORDINATOR REMEDIATION_DEVELOPER REMEDIATION_REVIEWER REMEDIATION_VERIFIER TOOL SPONSOR OTHER",
    "severity": "CVSS_V2 CVSS_V3 CVSS_V4",
    "range": "SEMVER ECOSYSTEM GIT",
}
WORDS = {place: set(words.split()) for place, words in WORDS.items()}


def empties(value, place):
    """No null, empty list, empty object or empty text anywhere: clients read them as something else, or die."""
    if value is None or value == [] or value == {} or value == "":
        yield f"{place} is {value!r}"
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from empties(inner, f"{place}.{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from empties(inner, f"{place}[{number}]")


def unknown_keys(record):
    """Only keys and words of the 1.7.5 schema at every level: strict readers drop the whole record for one other, silently."""
    yield from excess("record", record)
    for entry in record["affected"]:
        yield from excess("affected", entry)
        yield from excess("package", entry.get("package", {}))
        for place, name in (("range", "ranges"), ("severity", "severity")):
            for item in entry.get(name, []):
                yield from excess(place, item)
    for place, name in (("severity", "severity"), ("reference", "references"), ("credit", "credits")):
        for item in record.get(name, []):
            yield from excess(place, item)


def excess(place, value):
    """Keys and types that do not belong here."""
    for name in sorted(value.keys() - KEYS[place]):
        yield f"{place} has the key {name}"
    if place in WORDS and value.get("type") not in WORDS[place]:
        yield f"{place} has the type {value.get('type')}"


def times(record):
    """UTC, whole seconds, Z; nothing after `modified`."""
    for name in ("modified", "published", "withdrawn"):
        value = record.get(name)
        if value is None:
            if name != "withdrawn":
                yield f"no {name}"
        elif not TIME.fullmatch(value):
            yield f"{name} is {value}"
        elif value > record["modified"]:
            yield f"{name} {value} is after modified {record['modified']}"


def names(record):
    """One entry for each package; canonical names and purls; an id that is a file name."""
    if not re.fullmatch(r"[A-Za-z0-9_.-]+", record["id"]):
        yield f"id {record['id']}"
    packages = [entry["package"] for entry in record["affected"] if "package" in entry]
    pairs = [(package["ecosystem"], package["name"]) for package in packages]
    if len(set(pairs)) != len(pairs):
        yield f"a package has two entries: {pairs}"
    if len(packages) != len(record["affected"]) and any(ecosystem == "PyPI" for ecosystem, _ in pairs):
        yield "an entry without package beside a PyPI package"
    for package in packages:
        yield from spelling(package["ecosystem"], package["name"], package.get("purl"))


def spelling(ecosystem, name, purl):
    """The name that the ecosystem's own tools write, and a purl of it without version: some clients compare its whole text."""
    base = ecosystem.partition(":")[0]
    if base not in ORDERED:
        yield f"{ecosystem}: this reader knows no rules for it"
        return
    if base == "PyPI" and name != canonicalize_name(name):
        yield f"{name} is not the normalised name (PEP 503)"
    if base == "Julia":
        return
    path = name.replace(":", "/", 1) if base == "Maven" else name.lower() if base in ("Hex", "Packagist", "Bitnami", "PyPI") else name
    wanted = f"pkg:{PURL_TYPE[base]}/{'/'.join(quote(part, safe='-._~') for part in path.split('/'))}"
    if purl != wanted:
        yield f"purl {purl} is not {wanted}"
    elif PackageURL.from_string(purl).version:
        yield f"purl {purl} has a version"


def ranges(record):
    """Every package has ranges of the type its readers expect, each ending in one way, after which at most GIT ranges follow."""
    for entry in record["affected"]:
        if "package" not in entry:
            continue
        ecosystem, label = entry["package"]["ecosystem"], entry["package"]["name"]
        kinds = [found["type"] for found in entry.get("ranges", [])]
        expected = "SEMVER" if ecosystem in SEMVER else "ECOSYSTEM"
        own = version_ranges(entry)
        if not own or kinds[: len(own)] != [expected] * len(own):
            yield f"{label}: range types {kinds}, expected {expected} first"
        # Fixes are read from the first range alone, and what has no end is forgotten behind others.
        ends = [sorted({kind for event in found["events"] for kind in event} - {"introduced"}) for found in own]
        if [end for end in (["fixed"], ["last_affected"], []) if end in ends] != ends:
            yield f"{label}: ranges end in {ends}"
        if ecosystem == "Go" and ["last_affected"] in ends:
            yield f"{label}: last_affected, which one client reads as everything"
        for found in own:
            yield from events(ecosystem, label, found)
        for version in entry.get("versions", []):
            try:
                key(ecosystem, version)
            except ValueError as error:
                yield f"{label}: versions: {error}"


def events(ecosystem, label, found):
    """Introduced first, strictly alternating, strictly ascending; every bound a version of the ecosystem; no limit."""
    kinds = [kind for event in found["events"] for kind in event]
    if any(len(event) != 1 for event in found["events"]):
        yield f"{label}: events {found['events']}"
        return
    try:
        bounds = [key(ecosystem, bound) for event in found["events"] for bound in event.values()]
    except ValueError as error:
        yield f"{label}: {error}"
        return
    if any((kind == "introduced") != (at % 2 == 0) or kind == "limit" for at, kind in enumerate(kinds)):
        yield f"{label}: events {kinds} do not alternate"
        return
    if len(kinds) % 2 and len(kinds) > 1:
        yield f"{label}: versions without an end follow others in one range"
    for kind, low, high in zip(kinds[1:], bounds, bounds[1:]):
        if not (low < high or (kind == "last_affected" and low == high)):
            yield f"{label}: events {found['events']} do not ascend"


def identities(record):
    """Aliases without itself or repeats, disjoint from related and upstream; a summary of one line, and more."""
    lists = {name: record.get(name, []) for name in ("aliases", "related", "upstream")}
    together = [other for others in lists.values() for other in others]
    if record["id"] in together or len(set(together)) != len(together):
        yield f"ids repeat: {lists}"
    summary = record.get("summary", "")
    if not summary or "\n" in summary:
        yield f"summary {summary!r}"
    if not record.get("details"):
        yield "no details"


def brevity(record):
    """A summary of at most so many characters as OSV asks for: lists cut it."""
    if len(record["summary"]) > 120:
        yield f"summary of {len(record['summary'])} characters"


def home(record, url):
    """A link to its own page on the site, and a top-level database_specific, without which one client dies."""
    if not isinstance(record.get("database_specific"), dict):
        yield "no top-level database_specific"
    page = f"{url}/advisories/{record['id']}"
    links = [reference["url"].rstrip("/") for reference in record.get("references", [])]
    links.append(str(record.get("database_specific", {}).get("url", "")).rstrip("/"))
    if page not in links:
        yield f"no link to {page}/"


def severity(record):
    """Top level or per package, never both; CVSS 3 beside CVSS 4 only as the two types, each once."""
    outer = record.get("severity", [])
    inner = [rating for entry in record["affected"] for rating in entry.get("severity", [])]
    if outer and inner:
        yield "severity at the top and in affected"
    kinds = [rating["type"] for rating in outer]
    if len(set(kinds)) != len(kinds):
        yield f"severity types {kinds}"
    prefixes = {"CVSS_V3": "CVSS:3.", "CVSS_V4": "CVSS:4.0/"}
    for rating in outer + inner:
        if not rating["score"].startswith(prefixes.get(rating["type"], "")):
            yield f"{rating['type']} has the score {rating['score']}"


def rules(url):
    """What is asked of every record, by its question."""
    return {
        "no null, no empty value": lambda record: empties(record, "record"),
        "only keys and words of the 1.7.5 schema": unknown_keys,
        "times in UTC, whole seconds, none after modified": times,
        "one entry a package, canonical names and purls": names,
        "version ranges first, of the right type, one for each kind of end": ranges,
        "aliases, summary, details": identities,
        "short summaries": brevity,
        "a way home to the advisory's page": lambda record: home(record, url),
        "severity in one place": severity,
    }


def complaints(rule, record):
    """What a rule says of a record, also of one that it cannot read."""
    try:
        yield from rule(record)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        yield f"cannot be read: {error!r}"


def main():
    """One verdict for each rule, over all records."""
    site, url, *unasked = sys.argv[1:]
    found = records(site)
    misnamed = [f"{name}.json holds {record['id']}" for name, record in found.items() if name != record["id"]]
    verdict("contract", "-", f"each of {len(found)} files is named after its id", misnamed)
    for question, rule in rules(url).items():
        if question in unasked:
            continue
        problems = [f"{name}: {problem}" for name, record in found.items() for problem in complaints(rule, record)]
        verdict("contract", "-", question, problems)


if __name__ == "__main__":
    main()
