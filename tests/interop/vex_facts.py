"""Owns: what OpenVEX documents should say: from the OSV record for ranges, from the TOML for the rest.

It must never read a document, or order versions by the program.
"""

from channels.osv import of_events
from facts import expression, inside, spelled
from vex_reader import base

EVERY = (None, "open", None)
# Withdrawals that say that there is no flaw of this package.
NONE = ("not-a-vulnerability", "wrong-package")


class Expected:
    """What the document of one advisory should say: a status for each (package URL, version, branch), and the names of the flaw."""

    def __init__(self, source, advisory, record):
        self.source, self.advisory, self.record, self.told = source, advisory, record, {}
        names = {advisory.id, *record.get("aliases", [])}
        if "withdrawn" in record:
            for package in self.packages():
                self.told[base(*package), None, EVERY] = "not_affected"
            gone = advisory.written["withdrawn"]
            several = any(":" in ecosystem for ecosystem, _ in self.packages())
            none = gone["reason"] in NONE and not gone.get("replaced-by") and not several
            self.names = names if none else {advisory.id}
            return
        self.names = names
        for one in record["affected"]:
            if "package" in one:
                self.affected((one["package"]["ecosystem"], one["package"]["name"]), one["ranges"])
        for one in self.statuses("not-affected"):
            self.free(one)

    def packages(self):
        """Every package that the advisory names."""
        rows = [self.package(one) for one in self.advisory.written.get("status", [])]
        return {*(one.id for one in self.advisory.packages), *rows}

    def package(self, row):
        named = self.source.packages.get(row.get("package"), row)
        return named["ecosystem"], named["name"]

    def statuses(self, *states):
        return [one for one in self.advisory.written.get("status", []) if one["state"] in states]

    def branches_of(self, row):
        return [expression(one) for one in row.get("versions", [])] or [EVERY]

    def listed(self, package):
        """The releases that caveat.toml lists."""
        named = (one for one in self.source.packages.values() if (one["ecosystem"], one["name"]) == package)
        return {spelled(package[0], one) for found in named for one in found.get("releases", [])}

    def known(self, package, branches):
        """Versions that have a name: listed ones, and those that branches begin with, end with, or are fixed in."""
        rows = [one for one in self.statuses("not-affected", "not-analysed") if self.package(one) == package]
        said = [branch for row in rows for branch in self.branches_of(row)]
        bounds = {low for low, _, _ in branches + said} | {high for _, kind, high in branches + said if kind == "last"}
        bounds |= {high for _, kind, high in branches if kind == "fixed"}
        instead = {}
        for row in self.advisory.written["affected"]:
            for fix in row.get("fix", []) if self.package(row) == package else []:
                instead[fix["version"]] = fix.get("upgrade-to", fix["version"])
        named = {spelled(package[0], instead.get(one, one)) for one in bounds - {None}}
        return named | self.listed(package), said

    def affected(self, package, ranges):
        """Ranges as such; versions by name: with the flaw, older than it, or past a fix."""
        branches = [branch for one in ranges if one["type"] != "GIT" for branch in of_events(one["events"])]
        place, name = self.source.order(package), base(*package)
        low = lambda branch: -1 if branch[0] is None else place(branch[0])
        branches.sort(key=lambda branch: (branch[0] is not None, low(branch) if branch[0] is not None else 0))
        known, said = self.known(package, branches)
        for branch in branches:
            self.told[name, None, tuple(spelled(package[0], end) if at != 1 else end for at, end in enumerate(branch))] = "affected"
        for version in known:
            if any(inside(branch, version, place) for branch in branches):
                self.told[name, version, None] = "affected"
            elif any(inside(branch, version, place) for branch in said):
                continue
            elif branches[0][0] is not None and place(version) < place(branches[0][0]):
                self.told[name, version, None] = "not_affected"
            else:
                before = [one for one in branches if one[0] is None or place(one[0]) <= place(version)]
                if before[-1][1] == "fixed":
                    self.told[name, version, None] = "fixed"

    def free(self, row):
        """What the advisory calls not affected."""
        package = self.package(row)
        if "versions" not in row and ":" not in package[0]:
            self.told[base(*package), None, EVERY] = "not_affected"
            return
        place, branches = self.source.order(package), self.branches_of(row)
        known, _ = self.known(package, [])
        for version in known:
            if any(inside(branch, version, place) for branch in branches):
                self.told[base(*package), version, None] = "not_affected"

    def of_package(self, package):
        """The same, of one package."""
        name = base(*package)
        return {key: status for key, status in self.told.items() if key[0] == name}
