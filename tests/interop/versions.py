"""Owns: an order of versions that is not ours: PEP 440 by `packaging`, SemVer 2.0 written here from its section 11.

Used to judge ranges from outside; it must never share code with crates/versions.
"""

from packaging.version import InvalidVersion, Version

SEMVER = {"crates.io", "npm"}
SUPPORTED = SEMVER | {"PyPI"}


def key(ecosystem, version):
    """A value that sorts as `ecosystem` sorts versions. "0" is the beginning. Raises ValueError for bad text."""
    if version == "0":
        return (0,)
    if ecosystem == "PyPI":
        try:
            return (1, Version(version))
        except InvalidVersion as error:
            raise ValueError(f"{version}: not PEP 440") from error
    return (1, semver_key(version))


def semver_key(version):
    """SemVer precedence: numbers, then releases above their pre-releases; numeric identifiers below words."""
    core, _, pre = version.split("+", 1)[0].partition("-")
    numbers = core.split(".")
    if len(numbers) != 3 or not all(number.isascii() and number.isdigit() for number in numbers):
        raise ValueError(f"{version}: not SemVer")
    identifiers = []
    for part in pre.split(".") if pre else []:
        identifiers.append((0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part))
    return tuple(map(int, numbers)), not pre, tuple(identifiers)


def just_below(ecosystem, version):
    """A version a little lower than `version`, a pre-release where possible; None where this cannot name one."""
    if ecosystem == "PyPI":
        parsed = Version(version)
        if parsed.local or parsed.dev == 0:
            return None
        if parsed.dev:
            return version[: version.rindex("dev")] + f"dev{parsed.dev - 1}"
        return f"{version}.dev0"
    core, _, pre = version.split("+", 1)[0].partition("-")
    if not pre:
        return f"{core}-0"
    head, _, last = pre.rpartition(".")
    if last.isdigit() and int(last) > 0:
        return f"{core}-{head}.{int(last) - 1}" if head else f"{core}-{int(last) - 1}"
    if head:
        return f"{core}-{head}"
    return None if last.isdigit() else f"{core}-0"


def affects(record, ecosystem, name, version):
    """Does the record say that this version is affected? Withdrawn records say nothing."""
    if "withdrawn" in record:
        return False
    return any(
        version in entry.get("versions", []) or any(in_range(ecosystem, found, version) for found in version_ranges(entry))
        for entry in record["affected"]
        if entry.get("package", {}).get("ecosystem") == ecosystem and entry["package"]["name"] == name
    )


def version_ranges(entry):
    """The ranges of an affected entry that speak of versions."""
    return [found for found in entry.get("ranges", []) if found["type"] != "GIT"]


def in_range(ecosystem, found, version):
    """OSV's evaluation: the last event at or below the version decides; last_affected still includes itself."""
    wanted = key(ecosystem, version)
    affected = False
    for event in found["events"]:
        ((kind, bound),) = event.items()
        position = key(ecosystem, bound)
        if kind == "introduced" and position <= wanted:
            affected = True
        elif (kind == "fixed" and position <= wanted) or (kind == "last_affected" and position < wanted):
            affected = False
    return affected
