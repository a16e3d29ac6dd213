"""Owns: reading what a release is affected by and what it fixes, as people do."""

from channels.release_json import expected
from facts import fixed_in, in_words, spelled, spelled_branches
from html_reader import document, one_with_class, severity, text

FILES, PLACE = "releases/**/index.html", "advisory"
__all__ = ["expected"]


def read(path, data, source):
    """Each row of the table, each item of the list."""
    page = document(data).find(".//main")
    names = one_with_class(page, "names")
    package = names.text.strip(), text(names.find("code"))
    title = text(page.find(".//h1/bdi"))
    version = spelled(package[0], text(page.find(".//h1")).removeprefix(title).strip())
    for row in page.iterfind(".//tbody/tr"):
        head, cells = row.find("th"), row.findall("td")
        branches = spelled_branches(package[0], [in_words(text(cells[1]))])
        fixed = frozenset(spelled(package[0], text(one)) for one in cells[2].iter("code"))
        if fixed != fixed_in(package[0], branches):
            raise ValueError(f"{text(cells[1])}, and fixed in {fixed}")
        yield text(one_with_class(head, "soft", "code")), (package, version, "holds"), {
            "affected": {package: branches}, "fixed": {package: fixed}, "severity": severity(cells[0]),
        }
    for one in page.xpath('./h2[@id="fixes"]/following-sibling::ul[1]/li'):
        yield text(one_with_class(one, "soft", "code")), (package, version, "ends"), {"severity": severity(one)}
