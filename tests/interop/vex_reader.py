"""Owns: reading OpenVEX documents as somebody does who has never seen the advisory: package URLs, versions, ranges, statuses.

It must never ask the program what a package URL is: the types are those of the purl specification, written here again.
"""

from urllib.parse import quote, unquote

from packageurl import PackageURL

TYPES = {
    "PyPI": "pypi", "npm": "npm", "crates.io": "cargo", "Go": "golang", "Maven": "maven", "RubyGems": "gem", "NuGet": "nuget",
    "Packagist": "composer", "Hex": "hex", "Debian": "deb/debian", "Alpine": "apk/alpine", "Julia": "generic/Julia",
}
KINDS = {"<": "fixed", "<=": "last"}


def base(ecosystem, name):
    """The package URL of a package without a version."""
    path = name.replace(":", "/", 1) if ecosystem == "Maven" else name
    return f"pkg:{TYPES[ecosystem.split(':')[0]]}/{quote(path, safe='/')}"


def split(text):
    """Package URL without version, the version, and the branch: of a range, or of every version."""
    purl = PackageURL.from_string(text)
    name = text.split("?")[0].split("@")[0]
    if purl.version is not None:
        return name, purl.version, None
    return name, None, stretch(purl.qualifiers["vers"]) if purl.qualifiers else (None, "open", None)


def stretch(text):
    """A branch: (from or None, kind of end, end or None)."""
    low, kind, high = None, "open", None
    for part in text.split("/", 1)[1].split("|"):
        if part.startswith(">="):
            low = unquote(part[2:])
        else:
            sign = "<=" if part.startswith("<=") else "<"
            kind, high = KINDS[sign], unquote(part[len(sign) :])
    return low, kind, high


def products(document):
    """(package URL, version, branch, status, statement) of each product of each statement."""
    for statement in document["statements"]:
        for product in statement["products"]:
            yield *split(product["@id"]), statement["status"], statement


def names(statement):
    """Every name of the flaw."""
    flaw = statement["vulnerability"]
    return {flaw["name"], *flaw.get("aliases", [])}
