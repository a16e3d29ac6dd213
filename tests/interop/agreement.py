"""Owns: that every channel says of every advisory what its TOML says, and names nobody who did not agree.

Usage: agreement.py CAVEAT CLONE SITE SCRATCH [COUNT [SEED]]
For the advisories of CLONE, whose site is SITE, and for random ones. Which channel has what is in docs/agreement.md.
"""

import sys
from html import unescape
from pathlib import Path

import random_feed
from channels import channels
from message import body
from mutation import mutations
from source import Source
from table import faults, table
from verdicts import verdict

CLIENT = "readers of our own"


class Reading:
    """One channel of one site: its files, what they tell, and what of that is another than the source has."""

    def __init__(self, name, channel, carried, site, source):
        self.name, self.channel, self.carried, self.source = name, channel, carried, source
        patterns = (channel.FILES,) if isinstance(channel.FILES, str) else channel.FILES
        paths = sorted({path for pattern in patterns for path in site.glob(pattern) if path.is_file()})
        self.files = {str(path.relative_to(site)): path.read_bytes() for path in paths}
        self.told = {path: self.read(path, data) for path, data in self.files.items()}

    def read(self, path, data):
        """What a file tells, or the fault that it cannot be read."""
        try:
            return list(self.channel.read(path, data, self.source)), []
        except Exception as fault:  # Whatever a reader trips over is a verdict.
            return [], [f"{path}: {type(fault).__name__}: {fault}"]

    def differences(self, told):
        """(id, scope, fact, what is wrong with it)."""
        for identity, scope, facts in told:
            advisory = self.source.advisories.get(identity)
            if advisory is None:
                yield identity, scope, "id", "nobody wrote it"
                continue
            expected = advisory.facts(self.channel.PLACE, *(scope or ()))
            for fact, word in self.carried.items():
                if (fact in facts) != is_there(word, advisory, scope):
                    yield identity, scope, fact, f"{word} in the table, {'there' if fact in facts else 'missing'}"
                elif fact in facts:
                    said, wanted = self.alike(fact, word, facts[fact], expected[fact])
                    if said != wanted:
                        yield identity, scope, fact, f"{said} instead of {wanted}"

    def alike(self, fact, word, said, wanted):
        """Both in one shape: ids of severities; versions of all packages or people without roles, where a channel has no more."""
        if fact == "severity":
            return self.source.severity(said), wanted
        if isinstance(wanted, dict) and not isinstance(said, dict):
            return said, frozenset().union(*wanted.values())
        if word == "names":
            return {name for name, _ in said}, {name for name, _ in wanted}
        return said, wanted

    def problems(self):
        """Whatever is wrong with the channel, and how many advisories it has."""
        wrong, pairs = [], set()
        for path, data in self.files.items():
            told, faults = self.told[path]
            wrong += faults
            wrong += [f"{path}: {identity} {scope or ''}: {fact}: {said}" for identity, scope, fact, said in self.differences(told)]
            wrong += [f"{path}: names {name}" for name in self.unagreed(path, data)]
            pairs |= {(identity, scope) for identity, scope, _ in told}
        every = {(identity, None) for identity in self.source.advisories}
        expected = self.channel.expected(self.source) if hasattr(self.channel, "expected") else every
        if expected is not None:
            wrong += [f"{pair} is missing" for pair in sorted(expected - pairs, key=str)]
            wrong += [f"{pair} is too much" for pair in sorted(pairs - expected, key=str)]
        return wrong, len({identity for identity, _ in pairs})

    def unagreed(self, path, data):
        """Names that stand in a file, though their owners did not agree to be named there."""
        text = " ".join(body(data)) if path.endswith(".eml") else unescape(data.decode("utf-8"))
        return [name for name in self.source.unnamed(self.channel.PLACE) if name in text]


def is_there(word, advisory, scope):
    """Does the table say that a channel has a fact of this advisory?"""
    return word in ("yes", "names") or (word == "standing" and advisory.standing) or (word == "held" and scope[2] == "holds")


def judge(what, site, source, mutate=False):
    """A verdict for each channel; with `mutate`, another that a changed fact would be seen."""
    rows = table()
    for name, channel in channels().items():
        reading = Reading(name, channel, rows[name][0], site, source)
        wrong, count = reading.problems()
        verdict(CLIENT, "-", f"{what}: {name} agrees, {count} advisories in {len(reading.files)} files", wrong)
        if mutate:
            unseen = mutations(reading)
            verdict(CLIENT, "-", f"{what}: a changed fact in {name} is seen", list(unseen))


def main():
    """Both feeds."""
    caveat, (clone, site, scratch) = sys.argv[1], map(Path, sys.argv[2:5])
    count = int(sys.argv[5]) if len(sys.argv) > 5 else random_feed.COUNT
    seed = int(sys.argv[6]) if len(sys.argv) > 6 else random_feed.SEED
    print(f"{count} random advisories of seed {seed}", file=sys.stderr)
    verdict("docs/agreement.md", "-", "a row for each channel, a reason for each `no`", list(faults(table(), channels())))
    judge("own", site, Source(clone))
    where, made, places = random_feed.built(caveat, scratch, count, seed)
    judge(f"{count} of seed {seed}", made, Source(where, places), mutate=True)


if __name__ == "__main__":
    main()
