"""Owns: a made-up feed of many ecosystems that clients are asked about, and what its records say of each version.

Usage: fixture.py CAVEAT WHERE    (builds WHERE/repository and WHERE/site)
Versions of its packages are lists that ascend by how they were made, so what a range holds follows from places in a
list: no order of versions is needed, neither ours nor a client's.
"""

import sys
from pathlib import Path

from hostile_feed import caveat_in
from projects import LOCK_FILES, write_project
from random_feed import packages, repository
from verdicts import records, scanned, verdict
from versions import version_ranges

COUNT, SEED = 80, 7


class Fixture:
    """The records of the feed, by what they say of a version."""

    def __init__(self, where):
        self.repository, self.site = Path(where, "repository"), Path(where, "site")
        self.records = records(self.site)
        self.places = {(one["ecosystem"], one["name"]): one["versions"] for one in packages()}
        self.alive = {key: record for key, record in self.records.items() if "withdrawn" not in record}
        self.names = {alias: key for key, record in self.records.items() for alias in record.get("aliases", [])}

    def ids(self, ecosystem, name, version):
        """The records that affect this version."""
        versions = self.places[ecosystem, name]
        return {key for key, record in self.alive.items() for entry in record["affected"]
                if entry.get("package", {}).get("ecosystem") == ecosystem and entry["package"]["name"] == name
                and any(holds(found, versions, versions.index(version)) for found in version_ranges(entry))}

    def questions(self, *ecosystems):
        """(ecosystem, name, version) of every version of every package."""
        return [(*key, version) for key, versions in sorted(self.places.items()) if key[0] in ecosystems for version in versions]

    def projects(self, folder, *ecosystems):
        """Projects that pin each version of each package once: {lock file: (ecosystem, {name: version})}."""
        asked = {}
        for ecosystem in ecosystems:
            known = {name: versions for (at, name), versions in sorted(self.places.items()) if at == ecosystem}
            for nth in range(max(map(len, known.values()))):
                pins = {name: versions[nth] for name, versions in known.items() if nth < len(versions)}
                path = write_project(folder / f"{ecosystem.replace('.', '-')}-{nth:02}", ecosystem, pins)
                asked[path] = ecosystem, pins
        return asked

    def judge(self, client, version, asked, answers, caveat, forgiven=lambda *question: False):
        """Hold every answer against the records, and for each ecosystem two of them against `caveat affected`.

        `asked` are questions, `answers` the ids to each. `forgiven` are questions that the client reads in its own way.
        """
        unseen, missed, excess = [], [], []
        for question in asked:
            label, expected = "{} {} {}".format(*question), self.ids(*question)
            if question not in answers:
                unseen.append(label)
            elif not forgiven(*question):
                missed += [f"{label}: {key}" for key in sorted(expected - answers[question])]
                excess += [f"{label}: {key}" for key in sorted(answers[question] - expected)]
        names = ", ".join(sorted({ecosystem for ecosystem, _, _ in asked}))
        spared = sum(forgiven(*question) for question in asked)
        names += f", of which {spared} in its own way" if spared else ""
        verdict(client, version, f"is asked about {len(asked)} versions of {names}", unseen)
        verdict(client, version, "names our id for each affected version", missed)
        verdict(client, version, "names no id for a fixed, unaffected or withdrawn one", excess)
        self.rows(client, version, asked, answers, caveat, forgiven)

    def rows(self, client, version, asked, answers, caveat, forgiven):
        """For each ecosystem the last vulnerable version of a package and the next one, in the table of scanners."""
        done = set()
        for ecosystem, name in sorted({question[:2] for question in asked}):
            told = [(at, self.ids(ecosystem, name, at)) for key, spot, at in asked
                    if (key, spot) == (ecosystem, name) and not forgiven(key, spot, at)]
            pair = next(((low, high) for (low, ids), (high, none) in zip(told, told[1:]) if ids and not none), None)
            if ecosystem in done or pair is None:
                continue
            rows = [(at, caveat.ids(f"{ecosystem}/{name}@{at}"), answers.get((ecosystem, name, at), set())) for at in pair]
            scanned(client, version, f"{ecosystem}/{name}", *rows)
            done.add(ecosystem)
        missing = sorted({ecosystem for ecosystem, _, _ in asked} - done)
        verdict(client, version, "every ecosystem has a vulnerable and a fixed project", missing)


def holds(found, versions, at):
    """Whether a range has the version of this place."""
    inside = False
    for event in found["events"]:
        ((kind, bound),) = event.items()
        place = -1 if bound == "0" else versions.index(bound)
        if kind == "introduced" and place <= at:
            inside = True
        elif (kind == "fixed" and place <= at) or (kind == "last_affected" and place < at):
            inside = False
    return inside


def locked():
    """Ecosystems that have lock files here, each with packages in the feed."""
    return [ecosystem for ecosystem in LOCK_FILES if any(one["ecosystem"] == ecosystem for one in packages())]


if __name__ == "__main__":
    binary, scratch = sys.argv[1], Path(sys.argv[2])
    repository(scratch / "repository", COUNT, SEED)
    caveat_in(binary, scratch / "repository", "build", "--out", scratch / "site")
