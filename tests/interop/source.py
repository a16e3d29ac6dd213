"""Owns: what an advisory repository says, read from its TOML by Python's own reader, and what each channel may say of it.

It must never ask the program, or read anything that the program wrote.
"""

import tomllib
from functools import cache
from pathlib import Path

from facts import expression, fixed_in, inside, spelled, spelled_branches
from versions import key


class Source:
    """A repository: `advisories` by id, `packages` by key, `ids` of severity classes by label.

    `places` are the versions of packages in ascending order, where somebody knows them; else versions.py orders them.
    """

    def __init__(self, where, places=()):
        written = tomllib.loads(Path(where, "caveat.toml").read_text("utf-8"))
        self.url = written["feed"]["url"].rstrip("/")
        self.bulletins = "bulletin" in written["policy"]
        self.cve = written.get("cve")
        classes = written["policy"]["severity"]
        self.labels = {one["id"]: one.get("label", one["id"]) for one in classes}
        self.ids = {label: one for one, label in self.labels.items()}
        self.packages = {one.get("key", one["name"]): one for one in written.get("package", [])}
        paths = Path(where, "advisories").glob("[0-9]*/*.toml")
        read = (tomllib.loads(path.read_text("utf-8")) for path in paths)
        self.advisories = {one["id"]: Advisory(self, one) for one in sorted(read, key=lambda one: one["id"])}

        self.places = {package: {spelled(package[0], one): at for at, one in enumerate(found)} for package, found in dict(places).items()}
        self.by_path = {one.path: one for advisory in self.advisories.values() for one in advisory.packages}

    def severity(self, text):
        """The id of a class, by id or label."""
        return self.ids.get(text, text)

    @cache
    def unnamed(self, place):
        """Names that may stand in no file of a channel for which people have to agree to this place."""
        named = {credit["name"] for one in self.advisories.values() for credit in one.credits(place)}
        every = {credit["name"] for one in self.advisories.values() for credit in one.written.get("credit", []) if "name" in credit}
        return every - named

    def order(self, package):
        """What gives a version of a package its place."""
        places = self.places.get(package)
        return (lambda version: places.get(version, -1)) if places else lambda version: key(package[0], version)

    def releases(self, package):
        """Every version of a package of caveat.toml that is listed there or bounds a branch."""
        named = next(one for one in self.packages.values() if (one["ecosystem"], one["name"]) == package)
        listed = [spelled(package[0], one) for one in named.get("releases", [])]
        rows = (one for advisory in self.advisories.values() for one in advisory.packages if one.id == package)
        bounds = (end for one in rows for branch in spelled_branches(package[0], one.branches) for end in branch[::2])
        return {*listed, *bounds} - {None}

    @cache
    def verdicts(self, package):
        """Every (id, (package, version, how)) for each release that a standing advisory names: it `holds` it, or ends in it."""
        return frozenset(self.judged(package))

    def judged(self, package):
        """The same, one by one."""
        order = self.order(package)
        for advisory in self.advisories.values():
            for one in advisory.packages if advisory.standing else []:
                if one.id != package:
                    continue
                branches = spelled_branches(package[0], one.branches)
                for version in self.releases(package):
                    if any(inside(branch, version, order) for branch in branches):
                        yield advisory.id, (package, version, "holds")
                    if version in fixed_in(package[0], branches):
                        yield advisory.id, (package, version, "ends")


class Package:
    """An affected package of one advisory."""

    def __init__(self, source, written):
        named = source.packages.get(written.get("package"), written)
        self.ecosystem, self.name = named["ecosystem"], named["name"]
        self.title = named.get("title", self.name)
        declared = [key for key, one in source.packages.items() if (one["ecosystem"], one["name"]) == (self.ecosystem, self.name)]
        self.declared = bool(declared)
        self.path = declared[0] if declared else f"{self.ecosystem.replace(':', '-')}/{self.name}"
        self.branches = [expression(text) for text in written["versions"]]

    @property
    def id(self):
        return self.ecosystem, self.name


class Advisory:
    """One advisory, and the facts that a channel should show of it."""

    def __init__(self, source, written):
        self.source, self.written, self.id = source, written, written["id"]
        self.packages = [Package(source, one) for one in written["affected"]]
        self.standing = "withdrawn" not in written
        self.first = written["revision"][0]["at"]

    def facts(self, place, package=None, version=None, how=None):
        """Every fact; of one package, and of the branches that end in one version or hold it, where a channel shows no more."""
        shown = [one for one in self.packages if package in (None, one.id)]
        branches = {one.id: spelled_branches(one.ecosystem, one.branches) for one in shown}
        if how == "ends":
            branches = {key: frozenset(one for one in found if one[1:] == ("fixed", version)) for key, found in branches.items()}
        elif how == "holds":
            order = self.source.order(package)
            branches = {key: frozenset(one for one in found if inside(one, version, order)) for key, found in branches.items()}
        ends = {key: fixed_in(key[0], found) for key, found in branches.items()}
        return {
            "affected": branches,
            "fixed": ends,
            "advice": ends if self.standing else {key: frozenset() for key in ends},
            "severity": self.written["severity"],
            "scores": frozenset(self.written.get("cvss", [])),
            "aliases": frozenset(self.written.get("aliases", [])),
            "credits": frozenset((one["name"].strip(), one["role"]) for one in self.credits(place)),
            "status": "published" if self.standing else "withdrawn",
        }

    def credits(self, place):
        """Those who may be named there."""
        return [one for one in self.written.get("credit", []) if "name" in one and place in one.get("consent", [])]

    def releases(self):
        """Each package and version that a branch ends in, where the advisory stands."""
        for one in self.packages if self.standing else []:
            yield from ((one.id, version, "ends") for version in fixed_in(one.ecosystem, one.branches))
