"""Owns: reading the tables of releases against advisories: every cell is a verdict."""

from html_reader import document, one_with_class, severity, text

FILES, PLACE = "packages/*/**/matrix/index.html", "advisory"
HOW = {"affected": "holds", "fixed": "ends"}


def read(path, data, source):
    """Each cell that says something; one that says nothing has to be right, too."""
    page = document(data).find(".//main")
    names = one_with_class(page, "names")
    package = names.text.strip(), text(names.find("code"))
    verdicts = source.verdicts(package)
    table = one_with_class(page, "matrix", "table")
    heads = [(text(one.find(".//code")), severity(one)) for one in table.findall("thead/tr/th")[1:]]
    for row in table.iterfind("tbody/tr"):
        version = text(row.find("th"))
        for (identity, label), cell in zip(heads, row.findall("td"), strict=True):
            how = HOW.get(cell.get("class"))
            if how and (identity, (package, version, how)) not in verdicts:
                raise ValueError(f"{package} {version} is not {cell.get('class')} by {identity}")
            if how:
                yield identity, (package, version, how), {"severity": label}
            elif any((identity, (package, version, one)) in verdicts for one in HOW.values()):
                raise ValueError(f"says nothing of {package} {version} and {identity}")


def expected(source):
    """The newest releases and advisories are shown: what is missing is in a cell that says nothing."""
    return None
