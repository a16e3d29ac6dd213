"""Owns: the versions worth asking about for the packages of an ecosystem: each bound of each range, and its neighbours.

Only for ecosystems whose versions are Semantic Versions.
"""

from versions import affects, just_below, key, version_ranges


def just_above(version):
    """The very next version: what ends a range whose last version is known."""
    core, _, pre = version.split("+", 1)[0].partition("-")
    if pre:
        return f"{core}-{pre}.0"
    head, _, patch = core.rpartition(".")
    return f"{head}.{int(patch) + 1}-0"


def probes(records, ecosystem):
    """(name, version) to ask about, sorted. Of what was withdrawn, too."""
    asked = set()
    for record in records.values():
        for entry in record["affected"]:
            if entry.get("package", {}).get("ecosystem") == ecosystem:
                name = entry["package"]["name"]
                asked |= {(name, version) for version in near(ecosystem, entry)}
    return sorted(asked)


def near(ecosystem, entry):
    """The bounds of an entry, what is just below and above them, and a version far above."""
    for event in (event for found in version_ranges(entry) for event in found["events"]):
        ((_, bound),) = event.items()
        if bound == "0":
            yield from ("0.0.0-0", "0.0.0", "99.0.0")
            continue
        yield from (bound, just_above(bound), "99.0.0")
        below = just_below(ecosystem, bound)
        if below is not None and key(ecosystem, below) < key(ecosystem, bound):
            yield below


def expected(records, ecosystem, name, version):
    """The ids of the advisories that affect it, by an independent reading of the records."""
    return {identity for identity, record in records.items() if affects(record, ecosystem, name, version)}
