"""Owns: the contract that real consumers taught us, beyond what OSV's schema asks, checked by an independent reader.

Usage: contract.py SITE FEED_URL
Each rule stands for a shape that is valid by schema and still crashed, hid or over-matched in a scanner or audit tool.
"""

import re
import sys
from urllib.parse import quote

from packaging.utils import canonicalize_name

from verdicts import records, verdict
from versions import SUPPORTED, key, version_ranges

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
PURL_TYPE = {"PyPI": "pypi", "crates.io": "cargo", "npm": "npm"}
RANGE_TYPE = {"PyPI": "ECOSYSTEM", "crates.io": "SEMVER", "npm": "SEMVER"}
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
    """Only keys of the 1.7.5 schema at every level: strict readers drop the whole record for one other key, silently."""
    yield from excess("record", record)
    for entry in record["affected"]:
        yield from excess("affected", entry)
        yield from excess("package", entry.get("package", {}))
        for found in entry.get("ranges", []):
            yield from excess("range", found)
        for rating in entry.get("severity", []):
            yield from excess("severity", rating)
    for place, name in (("severity", "severity"), ("reference", "references"), ("credit", "credits")):
        for item in record.get(name, []):
            yield from excess(place, item)


def excess(place, value):
    """Keys that do not belong here."""
    for name in sorted(value.keys() - KEYS[place]):
        yield f"{place} has the key {name}"


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
        ecosystem, name = package["ecosystem"], package["name"]
        if ecosystem not in SUPPORTED:
            yield f"{ecosystem}: this reader knows no rules for it"
            continue
        if ecosystem == "PyPI" and name != canonicalize_name(name):
            yield f"{name} is not the normalised name (PEP 503)"
        purl = f"pkg:{PURL_TYPE[ecosystem]}/{'/'.join(quote(part, safe='-._~') for part in name.split('/'))}"
        if package.get("purl") != purl:
            yield f"purl {package.get('purl')} is not {purl}"


def ranges(record):
    """Every package has one range of the type its readers expect, after which at most GIT ranges follow."""
    for entry in record["affected"]:
        if "package" not in entry:
            continue
        ecosystem, label = entry["package"]["ecosystem"], entry["package"]["name"]
        kinds = [found["type"] for found in entry.get("ranges", [])]
        expected = RANGE_TYPE.get(ecosystem)
        if not kinds or kinds[0] != expected or set(kinds[1:]) - {"GIT"}:
            yield f"{label}: range types {kinds}, expected one {expected} first"
        for found in version_ranges(entry):
            yield from events(ecosystem, label, found)
        for version in entry.get("versions", []):
            try:
                key(ecosystem, version)
            except ValueError as error:
                yield f"{label}: versions: {error}"


def events(ecosystem, label, found):
    """Introduced first, strictly alternating, strictly ascending; every bound a version of the ecosystem; no limit."""
    kinds, bounds = [], []
    for event in found["events"]:
        if len(event) != 1:
            yield f"{label}: event {event}"
            return
        ((kind, bound),) = event.items()
        kinds.append(kind)
        try:
            bounds.append(key(ecosystem, bound))
        except ValueError as error:
            yield f"{label}: {error}"
            return
    wanted = ["introduced" if number % 2 == 0 else None for number in range(len(kinds))]
    for kind, expected in zip(kinds, wanted):
        if (kind == "introduced") != (expected == "introduced") or kind == "limit":
            yield f"{label}: events {kinds} do not alternate"
            return
    for (kind, low), high in zip(zip(kinds[1:], bounds), bounds[1:]):
        if not (low < high or (kind == "last_affected" and low == high)):
            yield f"{label}: events {found['events']} do not ascend"


def identities(record):
    """Aliases without itself or repeats, disjoint from related and upstream; a summary of one short line; a link home."""
    lists = {name: record.get(name, []) for name in ("aliases", "related", "upstream")}
    together = [other for others in lists.values() for other in others]
    if record["id"] in together or len(set(together)) != len(together):
        yield f"ids repeat: {lists}"
    summary = record.get("summary", "")
    if not summary or "\n" in summary or len(summary) > 120:
        yield f"summary {summary!r}"
    if not record.get("details"):
        yield "no details"


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


def main():
    """One verdict for each rule, over all records."""
    site, url = sys.argv[1:]
    found = records(site)
    rules = [
        ("the file is named after the id", None),
        ("no null, no empty value", lambda record: empties(record, "record")),
        ("only keys of the 1.7.5 schema", unknown_keys),
        ("times in UTC, whole seconds, none after modified", times),
        ("one entry a package, canonical names and purls", names),
        ("one version range a package, of the right type", ranges),
        ("aliases, summary, details", identities),
        ("a way home to the advisory's page", lambda record: home(record, url)),
        ("severity in one place", severity),
    ]
    for question, rule in rules:
        if rule is None:
            problems = [f"{name}.json holds {record['id']}" for name, record in found.items() if name != record["id"]]
        else:
            problems = [f"{name}: {problem}" for name, record in found.items() for problem in rule(record)]
        verdict("contract", "-", question, problems)


main()
