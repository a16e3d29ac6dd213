"""Owns: reading CVE records, as somebody does who has never seen the advisory: the facts, and the verdict on a version.

Products are found by their package URL, and where an ecosystem has none by collection and name.
"""

# What the addresses of collections mean, for ecosystems without package URLs.
COLLECTIONS = {"https://juliahub.com": "Julia"}
TYPES = {"cargo": "crates.io", "composer": "Packagist", "deb": "Debian", "apk": "Alpine", "gem": "RubyGems", "golang": "Go",
         "hex": "Hex", "maven": "Maven", "npm": "npm", "nuget": "NuGet", "pypi": "PyPI"}


def cna(record):
    """The container of a record."""
    return record["containers"]["cna"]


def ecosystem(product):
    """As OSV calls it: with a release, the platform says it."""
    if "platforms" in product:
        return product["platforms"][0]
    if "packageURL" in product:
        return TYPES[product["packageURL"].removeprefix("pkg:").partition("/")[0]]
    return COLLECTIONS[product["collectionURL"]]


def packages(container):
    """Every product that is a package."""
    return [one for one in container["affected"] if "packageName" in one]


def branches(product):
    """Stretches that have the flaw: start or None, "fixed", "last" or "open", end or None."""
    found = set()
    for row in product.get("versions", []):
        start = None if row["version"] == "0" else row["version"]
        if row["status"] != "affected":
            continue
        if row.get("lessThan") == "*":
            found.add((start, "open", None))
        elif "lessThan" in row:
            found.add((start, "fixed", row["lessThan"]))
        else:
            found.add((start, "last", row.get("lessThanOrEqual", row["version"])))
    return found


def vectors(container):
    """Vectors of every version of CVSS."""
    keys = ("cvssV2_0", "cvssV3_0", "cvssV3_1", "cvssV4_0")
    return {one[key]["vectorString"] for one in container["metrics"] for key in keys if key in one}


def severity(container):
    """The label of the class."""
    (found,) = (one["other"]["content"]["value"] for one in container["metrics"] if "other" in one)
    return found


def names(record):
    """Every name of the flaw but the advisory's own."""
    return {record["cveMetadata"]["cveId"], *cna(record).get("x_aliases", [])}


def status(product, version, order):
    """The verdict on a version by the algorithm of the format; `order` gives a version its place."""
    place = order(version)
    for row in product.get("versions", []):
        start, end, last = row["version"], row.get("lessThan"), row.get("lessThanOrEqual")
        above = start == "0" or order(start) <= place
        single = end is None and last is None
        if single and start == version or not single and above and (end == "*" or (place < order(end) if end else place <= order(last))):
            return row["status"]
    return product.get("defaultStatus", "unknown")
