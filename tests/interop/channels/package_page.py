"""Owns: reading the pages of packages: each advisory that names one, with its branches there."""

from facts import fixed_in, in_words, spelled, spelled_branches
from html_reader import document, one_with_class, severity, text

FILES, PLACE = "packages/*/**/index.html", "advisory"


def read(path, data, source):
    """Each row group of the table of versions."""
    page = document(data)
    table = one_with_class(page, "versions", "table")
    if table is None:
        return
    names = one_with_class(page, "names")
    ecosystem = names.text.strip()
    package = ecosystem, text(names.find("code"))
    for body in table.iterfind("tbody"):
        rows = body.findall("tr")
        gone = "withdrawn" in body.get("class", "")
        branches = spelled_branches(ecosystem, [in_words(text(row.findall("td")[-3])) for row in rows])
        fixed = {spelled(ecosystem, text(one)) for row in rows for one in row.findall("td")[-1].iter("code")}
        facts = {"affected": {package: branches}, "fixed": {package: frozenset(fixed)}, "status": "withdrawn" if gone else "published"}
        # Where it is withdrawn, that stands in the place of the severity.
        yield text(rows[0].find("th").find("code")), (package, None, None), facts | ({} if gone else {"severity": severity(rows[0])})


def expected(source):
    """Every advisory, for each of its packages."""
    return {(one.id, (row.id, None, None)) for one in source.advisories.values() for row in one.packages}
