"""Owns: in which ways our record may say a fact otherwise than its owner's, and in which of them it says more.

Each kind has a test of its own that must hold for the very value: nothing is allowed for a whole field.
Must never hold the name of one record.
"""

import re
from dataclasses import dataclass, field

# Compared elsewhere, as what they are.
LISTS = {
    ".aliases[]", ".related[]", ".upstream[]", ".details", ".references[].url", ".references[].type", ".credits[].name", ".credits[].type",
    ".published", ".modified", ".withdrawn", ".severity[].score", ".severity[].type", ".affected[].severity[].score", ".affected[].severity[].type",
}
# Our type and the owner's, where ours is what the address says.
GUESSES = [("ADVISORY", "WEB"), ("REPORT", "WEB"), ("PACKAGE", "WEB")]
OWN_PAGES = ("https://rustsec.org/advisories/", "https://crates.io/crates/")


@dataclass
class Pair:
    corpus: str
    id: str
    ours: dict
    theirs: dict
    mended: set[str] = field(default_factory=set)
    versions: int = 0

    @staticmethod
    def text(markdown: str | None) -> str:
        """Without the differences that Markdown does not have: line ends, spaces at them, characters nobody sees."""
        lines = re.sub("[\u200b\u200e\u200f\x0b]", "", markdown or "").strip().splitlines()
        return "\n".join(line.rstrip() for line in lines)


def leaves(value, path: str = ""):
    """Every value with its path; `null` and what is empty say nothing."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, f"{path}.{key}")
    elif isinstance(value, list):
        for below in value:
            yield from leaves(below, f"{path}[]")
    elif value is not None and value != "":
        yield path, str(value)


def otherwise(pair: Pair, fact: str, mine, other) -> list[tuple[str, str, str]]:
    """One fact that differs: each part of the difference with its kind."""
    if isinstance(other, set):
        parts = [(None, one) for one in sorted(other - mine, key=str)] + [(one, None) for one in sorted(mine - other, key=str)]
    else:
        parts = [(mine, other)]
    found = []
    for here, there in parts:
        kind = next((rule for rule in RULES if rule[1] in (fact, "*") and rule[3](pair, here, there)), None)
        example = f"{pair.id}: {there if there is not None else here}"[:110]
        found.append((kind[0], kind[2], example) if kind else ("different", f"{fact}, without an argument", example))
    return found


def is_own(pair: Pair, url: str | None) -> bool:
    return bool(url) and url.startswith("https://corpus.example.org/")


def made_by_exporter(pair: Pair, here, there) -> bool:
    """RustSec's export adds the pages of the crate and of the advisory."""
    return pair.corpus == "rustsec" and bool(there) and there.startswith(OWN_PAGES)


def was_mended(word: str):
    return lambda pair, here, there: any(word in what for what in pair.mended)


def same_start(pair: Pair, here, there) -> bool:
    starts = [event.get("introduced") for row in pair.ours["affected"] for range_ in row.get("ranges", []) for event in range_["events"]]
    return there == "0.0.0-0" and "0" in starts


def respelt(pair: Pair, here, there) -> bool:
    """The same version as SemVer writes it: without `v`, with three numbers."""
    number = there.removeprefix("v")
    full = {number, number + ".0", number + ".0.0"}
    return bool(full & {value for _, value in leaves(pair.ours["affected"])})


def swallowed(pair: Pair, here, there) -> bool:
    """A version that begins where another range ends, or lies in one: the verdicts, which are equal, say it all."""
    return re.match(r"^v?\d", there) is not None and there not in ("0",)


def range_type(pair: Pair, here, there) -> bool:
    kinds = {range_["type"] for row in pair.ours["affected"] for range_ in row.get("ranges", [])}
    return pair.corpus == "bitnami" and there == "SEMVER" and kinds == {"ECOSYSTEM"}


def build(pair: Pair, here, there) -> bool:
    beside = pair.ours["database_specific"].get("source", {})
    return "+" in there and any(there in value for path, value in leaves(beside) if ".ranges" in path)


def whole_title(pair: Pair, here, there) -> bool:
    return " ".join(there.split()) == pair.ours["summary"] or "".join(there.split()) == "".join(pair.ours["summary"].split())


def uuid(pair: Pair, here, there) -> bool:
    """Julia's export looks the UUID up in the registry: its source does not have it."""
    name = there.removeprefix("pkg:julia/").split("?uuid=")[0]
    return pair.corpus == "julia" and "?uuid=" in there and any(row["package"]["name"] == name for row in pair.ours["affected"])


def zeros(pair: Pair, here, there) -> bool:
    whole = isinstance(there, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", there)
    return bool(whole) and any(value == there[:-1] + ".000Z" for _, value in leaves(pair.ours["database_specific"]))


def bare(pair: Pair) -> bool:
    """The sources of these two have links without types: both exporters guess."""
    return pair.corpus in ("rustsec", "julia")


def types(pair: Pair, url: str) -> tuple[str, str]:
    """What both sides call a link."""
    sides = ({link["url"]: link["type"] for link in side["references"]} for side in (pair.ours, pair.theirs))
    return tuple(side[url] for side in sides)


# (what it is, of which fact, in words, the test)
RULES = [
    ("otherwise", "references", "the page of the advisory: each feed has its own", lambda p, here, there: is_own(p, here)),
    ("otherwise", "references", "pages that the owner's exporter adds, and its source does not have", made_by_exporter),
    ("better", "references", "a link that leads nowhere is left out", was_mended("links")),
    ("better", "aliases", "an id that is alias twice, related too, or no id", was_mended("aliases")),
    ("better", "related", "an id that is alias twice, related too, or no id", was_mended("aliases")),
    ("better", "severity", "a score that OSV has no type for", was_mended("vectors")),
    ("otherwise", "modified", "the owner's time is that of a commit, which its source does not have", lambda p, here, there: p.corpus == "rustsec"),
    ("better", "modified", "changed before it was published: published then", lambda p, here, there: there < here == p.ours["published"][:19]),
    ("better", "modified", "withdrawn after the last change: that is the last", lambda p, here, there: (p.ours.get("withdrawn") or "")[:19] == here > there),
    ("otherwise", ".schema_version", "the version of OSV that is written", lambda p, here, there: True),
    ("otherwise", ".id", "a number of one feed for ids of another form", lambda p, here, there: p.corpus in ("bitnami", "bellsoft")),
    ("better", ".affected[].ranges[].events[].introduced", "`0.0.0-0` for the beginning is `0`", same_start),
    ("otherwise", ".affected[].ranges[].events[].introduced", "the same version in the spelling of SemVer", respelt),
    ("otherwise", ".affected[].ranges[].events[].fixed", "the same version in the spelling of SemVer", respelt),
    ("otherwise", ".affected[].ranges[].events[].last_affected", "the same version in the spelling of SemVer", respelt),
    ("otherwise", ".affected[].ranges[].events[].introduced", "builds of one version, which SemVer does not order: kept beside", build),
    ("otherwise", ".affected[].ranges[].events[].fixed", "builds of one version, which SemVer does not order: kept beside", build),
    ("better", ".affected[].ranges[].events[].introduced", "a start that starts nothing", swallowed),
    ("better", ".affected[].ranges[].events[].fixed", "an end that ends nothing", swallowed),
    ("better", ".affected[].ranges[].events[].last_affected", "an end that ends nothing", swallowed),
    ("otherwise", ".affected[].ranges[].type", "ECOSYSTEM, for Bitnami's versions are not all SemVer: readers take the ecosystem's order for both", range_type),
    ("otherwise", ".summary", "a title on one line", whole_title),
    ("otherwise", ".affected[].package.purl", "a UUID that the owner's exporter looks up, and its source does not have", uuid),
    ("otherwise", "*", "a time of another database with `.000`, as its source has it", zeros),
    ("better", "type", "what is behind a link, from its address: the owner has a web page", lambda p, here, there: bare(p) and types(p, (here or there)[0]) in GUESSES),
    ("otherwise", "type", "the source has no types, and this one is guessed from the address", lambda p, here, there: bare(p) and types(p, (here or there)[0])[0] in ("WEB", "REPORT")),
]
