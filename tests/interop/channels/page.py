"""Owns: reading the page of an advisory."""

from facts import advised, expression, in_words, role, spelled, spelled_branches
from html_reader import document, one_with_class, severity, text, with_class

FILES, PLACE = "advisories/*/index.html", "advisory"


def read(path, data, source):
    """Names, table, sentences, scores, people."""
    page = one_with_class(document(data), "advisory", "article")
    names = [text(one) for one in one_with_class(page, "names").iter("code")]
    titles, branches, fixed = table(one_with_class(page, "versions", "table"))
    todo = [text(one.find("p")) for one in with_class(page, "action")]
    advice = {key: advised(said, titles[key], key[0]) for key, said in zip(titles, todo, strict=True)}
    scores = page.xpath('.//section[@aria-labelledby="severity"]//dd/a/code')
    people = page.xpath('.//section[@aria-labelledby="credits"]//li[.//bdi]')
    yield names[0], None, {
        "affected": branches,
        "fixed": fixed,
        "advice": advice,
        "severity": severity(one_with_class(page, "facts")),
        "scores": frozenset(text(one) for one in scores),
        "aliases": frozenset(names[1:]),
        "credits": frozenset((text(one.find(".//bdi")), role(text(one_with_class(one, "role")))) for one in people),
        "status": "withdrawn" if one_with_class(page, "banner") is not None else "published",
    }


def table(rows):
    """Titles, branches and fixed versions of each package; words and expression of a branch have to agree."""
    titles, branches, fixed = {}, {}, {}
    for row in rows.iterfind("tbody/tr"):
        if (head := row.find("th")) is not None:
            key = text(one_with_class(head, "eco")), text(head.find("code"))
            titles[key], branches[key], fixed[key] = text(head.find(".//bdi")), [], set()
        cells = row.findall("td")
        written = text(cells[0].find("code"))
        words = text(cells[0]).removesuffix(written)
        if in_words(words) != expression(written):
            raise ValueError(f"{words} is not {written}")
        branches[key].append(expression(written))
        fixed[key].update(spelled(key[0], text(one)) for one in cells[2].iter("code"))
    return titles, {key: spelled_branches(key[0], found) for key, found in branches.items()}, {key: frozenset(found) for key, found in fixed.items()}
