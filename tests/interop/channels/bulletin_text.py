"""Owns: reading bulletins as text: what was published in a period, and what was withdrawn."""

import re

from facts import advised
from plain_reader import sections

FILES, PLACE = "bulletins/*/bulletin.txt", "advisory"


def read(path, data, source):
    """Each item of what was published."""
    for block in re.split(r"\n\n(?=\* )", sections(data.decode("utf-8")).get("PUBLISHED", "")):
        if not block:
            continue
        lines = re.split(r"\n  (?=Upgrade |No fixed |A fix |Nothing to do |Follow |https:)", block)
        head, *said, _ = [" ".join(line.split()) for line in lines]
        identity = head[2:].split(":", 1)[0]
        packages = source.advisories[identity].packages
        yield identity, None, {
            "advice": {one.id: advised(sentence, one.title, one.ecosystem) for one, sentence in zip(packages, said, strict=True)},
            "severity": head.rsplit(" (", 1)[1].removesuffix(")"),
        }


def expected(source):
    """Every advisory that was not withdrawn in the very period."""
    told = (one for one in source.advisories.values() if one.standing or month(one.written["withdrawn"]["at"]) != month(one.first))
    return {(one.id, None) for one in told} if source.bulletins else set()


def month(at):
    """The period that the made-up feed promises."""
    return at.year, at.month
