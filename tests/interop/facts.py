"""Owns: what an advisory says, as facts that two channels can be compared by, and how its words are read back.

Branches are (first affected or None, "fixed" | "last" | "open", that version or None). Versions of PyPI are compared as PEP 440
normalises them, all others as they are written.
"""

import re

from packaging.version import Version

# What is compared, in the order of the table of docs/agreement.md.
FACTS = ("affected", "fixed", "advice", "severity", "scores", "aliases", "credits", "status")

WORDS = [
    (r"all versions", lambda m: (None, "open", None)),
    (r"all versions before (\S+)", lambda m: (None, "fixed", m[1])),
    (r"all versions up to and including (\S+)", lambda m: (None, "last", m[1])),
    (r"(\S+) and all later versions", lambda m: (m[1], "open", None)),
    (r"(\S+) up to, but not including, (\S+)", lambda m: (m[1], "fixed", m[2])),
    (r"(\S+) up to and including (\S+)", lambda m: (m[1], "last", m[2])),
    (r"only (\S+)", lambda m: (m[1], "last", m[1])),
]
UPGRADE = re.compile(r"(.+?)(?:, or to a later version of the same branch(?:; .+)?| or later)\.")
KINDS = {"<": "fixed", "<=": "last"}


def spelled(ecosystem, version):
    """A version as it is compared."""
    return str(Version(version)) if version and ecosystem == "PyPI" else version


def in_words(text):
    """A branch, from the words that people read."""
    text = " ".join(text.split())
    for pattern, branch in WORDS:
        if found := re.fullmatch(pattern, text):
            return branch(found)
    raise ValueError(f"no branch: {text!r}")


def expression(text):
    """A branch, from comparisons as GitHub writes them."""
    low, kind, high = None, "open", None
    for piece in text.split(","):
        sign, version = re.fullmatch(r"\s*(>=|<=|<|=)\s*(\S+)\s*", piece).groups()
        if sign == "=":
            return version, "last", version
        if sign == ">=":
            low = None if version == "0" else version
        else:
            kind, high = KINDS[sign], version
    return low, kind, high


def spelled_branches(ecosystem, branches):
    """A set of branches as they are compared."""
    return frozenset((spelled(ecosystem, low), kind, spelled(ecosystem, high)) for low, kind, high in branches)


def fixed_in(ecosystem, branches):
    """The versions in which branches end."""
    return frozenset(high for _, kind, high in spelled_branches(ecosystem, branches) if kind == "fixed")


def advised(sentence, title, ecosystem):
    """The versions that a sentence sends users of a package to; none where it sends them nowhere."""
    sentence = " ".join(sentence.split())
    start = f"Upgrade {title} to "
    if not sentence.startswith(start):
        said = (
            f"No fixed version of {title} is known.", f"A fix for {title} is made; no release has it yet.",
            f"Nothing to do for {title}: this advisory was withdrawn.",
        )
        follow = re.fullmatch(rf"Follow .+ for {re.escape(title)}: this advisory was withdrawn\.", sentence)
        if sentence not in said and not follow:
            raise ValueError(f"no advice for {title}: {sentence!r}")
        return frozenset()
    listed = UPGRADE.fullmatch(sentence[len(start) :])[1]
    return frozenset(spelled(ecosystem, one) for one in re.split(r", | or ", listed))


def role(text):
    """A role as all channels are compared: `REMEDIATION_DEVELOPER`, `Remediation developer`."""
    return text.strip().lower().replace("_", "-").replace(" ", "-")


def inside(branch, version, order):
    """Does a branch hold a version? `order` gives a version's place."""
    low, kind, high = branch
    if low is not None and order(version) < order(low):
        return False
    return kind == "open" or order(version) < order(high) or (kind == "last" and version == high)
