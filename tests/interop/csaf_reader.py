"""Owns: reading the products of a CSAF document, as somebody does who has never seen the advisory."""

from urllib.parse import unquote

ENDS = {"<=": "last_affected", "<": "fixed"}


def leaves(branches, inside=""):
    """Every product: its id, the name of the product that it is a version of, and its branch."""
    for branch in branches:
        name = branch["name"] if branch["category"] == "product_name" else inside
        yield from leaves(branch.get("branches", []), name)
        if "product" in branch:
            yield branch["product"]["product_id"], name, branch


def stretch(branch):
    """Start, kind of end and end of a stretch of versions; "0" starts at the first, and "" is no end."""
    if branch["category"] == "product_version":
        return branch["name"], "last_affected", branch["name"]
    parts = branch["name"].split("/", 1)[1].split("|")
    start = next((unquote(part[2:]) for part in parts if part.startswith(">=")), "0")
    ends = ((ENDS[mark], unquote(part[len(mark) :])) for part in parts for mark in ENDS if part.startswith(mark))
    return start, *next(ends, ("", ""))


def scores(flaw):
    """Vectors of every version of CVSS: 2.0 of CSAF has a place for two of them, the third is a note."""
    yield from (one.get("cvss_v3", one.get("cvss_v2"))["vectorString"] for one in flaw.get("scores", []))
    yield from (note["text"].split()[-1] for note in flaw["notes"] if note.get("title") == "CVSS 4.0")


def names(read):
    """What else the flaw of a document is called."""
    flaws, own = read["vulnerabilities"], read["document"]["tracking"]["id"]
    return {one["cve"] for one in flaws if "cve" in one} | {one["text"] for one in flaws[0]["ids"]} - {own}
