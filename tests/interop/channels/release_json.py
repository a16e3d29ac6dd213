"""Owns: reading what a release is affected by and what it fixes, as JSON."""

import json

from facts import fixed_in, in_words, spelled, spelled_branches

FILES, PLACE = "releases/**/index.json", "advisory"


def read(path, data, source):
    """Each advisory that names the release."""
    release = json.loads(data)
    package = release["package"]["ecosystem"], release["package"]["name"]
    version = spelled(package[0], release["version"])
    for how, found in (("holds", release["affected"]), ("ends", release["fixes"])):
        for one in found:
            facts = {"severity": one["severity"]["id"], "aliases": frozenset(one["aliases"])}
            if one["status"] != "published":
                raise ValueError(f"{one['id']} is {one['status']}")
            if how == "holds":
                branches = spelled_branches(package[0], [in_words(one["words"])])
                facts |= {"affected": {package: branches}, "fixed": {package: fixed_in(package[0], branches)}}
                fix = {spelled(package[0], one["fix"]["version"])} if one["fix"] else set()
                if fix != facts["fixed"][package]:
                    raise ValueError(f"{one['words']}, and fixed in {fix}")
            yield one["id"], (package, version, how), facts
    if release["upgrade"]:
        better = spelled(package[0], release["upgrade"]["version"])
        if any(scope == (package, better, "holds") for _, scope in source.verdicts(package)):
            raise ValueError(f"sends readers to {better}, which is affected")


def expected(source):
    """Every verdict on every known release of the packages of caveat.toml."""
    named = {row.id for one in source.advisories.values() for row in one.packages if row.declared}
    return {verdict for package in named for verdict in source.verdicts(package)}
