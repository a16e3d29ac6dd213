"""Owns: reading the body of a mail about one advisory."""

import re

from facts import advised, fixed_in, in_words, role, spelled_branches
from plain_reader import fields, items, sections

PACKAGE = re.compile(r"(.+) \((.+) (\S+)\)")


def told(body):
    """The id and the facts."""
    parts = sections(body)
    head = fields(parts[""].split("\n\n", 1)[1])
    titles, branches = packages(parts["AFFECTED VERSIONS"])
    todo = [one for one in items(parts["WHAT TO DO"]) if not one.startswith("Cannot upgrade?")]
    return body.split(":", 1)[0], {
        "affected": branches,
        "fixed": {key: fixed_in(key[0], found) for key, found in branches.items()},
        "advice": {key: advised(said, titles[key], key[0]) for key, said in zip(titles, todo, strict=True)},
        "severity": head["Severity"][0],
        "scores": frozenset(re.findall(r"CVSS:\S+", parts[""])),
        "aliases": aliases(head),
        "credits": people(parts.get("CREDITS", "")),
        "status": "withdrawn" if "WITHDRAWN" in parts else "published",
    }


def aliases(head):
    """The other names of a flaw."""
    return frozenset(name for line in head.get("Also known as", []) for name in line.split(", "))


def people(text):
    """Those who are named, with what they did."""
    found = (re.fullmatch(r"(.+) \((.+)\)", one) for one in items(text))
    return frozenset((one[1], role(one[2])) for one in found if one)


def packages(text):
    """Titles and branches, in order. A package's line may be broken."""
    titles, branches, line = {}, {}, ""
    for piece in re.split(r"\n(?=  \* )|\n(?! )", text):
        if piece.startswith("  * "):
            branches[key].append(in_words(piece[4:]))
        elif not piece.startswith(" "):
            line = f"{line} {piece}".strip()
            if found := PACKAGE.fullmatch(line):
                key, line = (found[2], found[3]), ""
                titles[key], branches[key] = found[1], []
    return titles, {key: spelled_branches(key[0], found) for key, found in branches.items()}
