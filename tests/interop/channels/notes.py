"""Owns: reading the snippets for release notes, with a reader of CommonMark."""

import re

from markdown_it import MarkdownIt

from facts import fixed_in, in_words, spelled, spelled_branches
from html_reader import document, text

FILES, PLACE = "notes/**/*.md", "release-notes"


def read(path, data, source):
    """Each item, for the release that the path names."""
    key, _, name = path.removeprefix("notes/").rpartition("/")
    package, title = source.by_path[key].id, source.by_path[key].title
    version = spelled(package[0], name.removesuffix(".md"))
    for item in document(MarkdownIt().render(data.decode("utf-8"))).iter("li"):
        lines = "".join(item.itertext()).strip().split("\n")
        first = next(one for one in item.iter("a"))
        names = lines[0][lines[0].rindex(f"({text(first)}") + 1 : -1].split(", ")
        words = re.sub(r"^Affected: |\.$", "", next(one for one in lines if one.startswith("Affected: ")))
        branches = spelled_branches(package[0], [in_words(words.removeprefix(title))])
        thanks = [one for one in lines if one.startswith("Thanks to ")]
        yield names[0], (package, version, "ends"), {
            "affected": {package: branches},
            "fixed": {package: fixed_in(package[0], branches)},
            "severity": text(next(item.iter("strong"))),
            "aliases": frozenset(names[1:]),
            "credits": frozenset((name, None) for line in thanks for name in re.split(r", | and ", line[10:-1])),
        }


def expected(source):
    """Every fix."""
    return {(one.id, release) for one in source.advisories.values() for release in one.releases()}
