"""Owns: reading RustSec files: what is neither patched nor unaffected is affected."""

import re
import tomllib

from facts import fixed_in, spelled_branches
from versions import semver_key

FILES, PLACE = "rustsec/crates/*/*.md", "advisory"
SIGNS = {">=": "fixed", ">": "last"}


def expected(source):
    """Each crate of each advisory."""
    return {(one.id, (package.id,)) for one in source.advisories.values() for package in one.packages if package.ecosystem == "crates.io"}


def read(path, data, source):
    """One file: an advisory about one crate."""
    front = re.match(r"```toml\n(.*?)\n```\n\n# \S.*\n\n", data.decode("utf-8"), re.DOTALL)[1]
    told = tomllib.loads(front)
    head, package = told["advisory"], ("crates.io", told["advisory"]["package"])
    if path != f"rustsec/crates/{package[1]}/{head['id']}.md":
        raise ValueError(f"{head['id']} of {package[1]} is in {path}")
    identity = head["id"].removesuffix(f".{package[1]}")
    names = frozenset(head.get("aliases", []))
    if (identity != head["id"]) != (identity in names):
        raise ValueError(f"{head['id']} does not say of which advisory it is")
    found = {package: spelled_branches("crates.io", affected(told["versions"]))}
    yield identity, (package,), {
        "affected": found,
        "fixed": {package: fixed_in("crates.io", found[package])},
        "aliases": names - {identity},
        "status": "withdrawn" if "withdrawn" in head else "published",
    }


def affected(versions):
    """The stretches between those that are safe."""
    safe = sorted((bounds(one) for one in versions["patched"] + versions.get("unaffected", [])), key=place)
    start, begun = None, False
    for low, high in safe:
        if low is not None:
            yield start, SIGNS[low[0]], low[1]
        elif begun:
            raise ValueError("two stretches have no start")
        begun = True
        if high is None:
            if (low, high) != safe[-1]:
                raise ValueError("something follows a stretch without an end")
            return
        start = high[1]
    yield start, "open", None


def bounds(text):
    """Both ends of a requirement, each a sign and a version."""
    ends = [one.split() for one in text.split(",")]
    low = next((tuple(end) for end in ends if end[0] in SIGNS), None)
    high = next((tuple(end) for end in ends if end[0] == "<"), None)
    if len(ends) != (low is not None) + (high is not None):
        raise ValueError(text)
    return low, high


def place(stretch):
    """Where it begins."""
    low, _ = stretch
    return (1, semver_key(low[1])) if low else (0,)
