"""Owns: reading what the entries of all feeds say as HTML."""

from facts import advised, fixed_in, in_words, role, spelled_branches
from html_reader import document, text, with_class


def told(content, keys):
    """The facts of an entry about packages: `keys` are their ecosystems and names, in order."""
    body = document(content).find("body")
    strong = [text(one) for one in body.xpath("./p/strong[not(preceding-sibling::*)]")][: len(keys)]
    lists = [one for one in body.xpath("./p[starts-with(., 'Affected versions of ')]")][: len(keys)]
    branches, advice = {}, {}
    for key, sentence, head in zip(keys, strong, lists, strict=True):
        title = text(head).removeprefix("Affected versions of ").removesuffix(":")
        branches[key] = spelled_branches(key[0], [in_words(text(one)) for one in head.getnext().iter("li")])
        advice[key] = advised(sentence, title, key[0])
    fixed = {key: fixed_in(key[0], found) for key, found in branches.items()}
    return {"affected": branches, "fixed": fixed, "advice": advice, "aliases": aliases(body), "credits": people(body)}


def aliases(body):
    """`Also known as: A, B`."""
    found = body.xpath("./p[starts-with(., 'Also known as: ')]")
    return frozenset(text(found[0]).removeprefix("Also known as: ").split(", ")) if found else frozenset()


def people(body):
    """`Credits`, a name and a role each."""
    found = body.xpath("./p[.='Credits:']/following-sibling::ul[1]/li")
    pairs = (text(one).rsplit(" (", 1) for one in found)
    return frozenset((pair[0], role(pair[1].removesuffix(")"))) for pair in pairs if len(pair) == 2)


def package(term):
    """`PyPI/torch`, `Debian:13/apt`, `npm/@scope/name`."""
    ecosystem, name = term.split("/", 1)
    return ecosystem, name
