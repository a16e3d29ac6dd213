"""Owns: an order of versions that is not ours: PEP 440 by `packaging`, SemVer 2.0 written here from its section 11, that of
Alpine's apk from its manual, all else by `univers`.

Used to judge ranges from outside; it must never share code with crates/versions.
"""

import re

from packaging.version import InvalidVersion, Version
from univers.versions import ComposerVersion, DebianVersion, InvalidVersion as Unordered, MavenVersion, NugetVersion, RubygemsVersion

SEMVER = {"crates.io", "npm", "Go", "Hex", "Julia", "Bitnami"}
APK = {"Alpaquita", "Alpine", "BellSoft Hardened Containers"}
APK_FORM = re.compile(r"(\d+(?:\.\d+)*)([a-z]?)((?:_[a-z]+\d*)*)(?:~[0-9a-f]+)?(?:-r(\d+))?")
# univers knows none of those in the middle.
APK_SUFFIXES = {"alpha": -4, "beta": -3, "pre": -2, "rc": -1, "cvs": 1, "svn": 2, "git": 3, "hg": 4, "p": 5}
OTHERS = {
    "Debian": DebianVersion, "Maven": MavenVersion, "NuGet": NugetVersion, "Packagist": ComposerVersion, "RubyGems": RubygemsVersion,
}
# Of these a neighbour can be named, too.
SUPPORTED = {"crates.io", "npm", "PyPI"}
ORDERED = SEMVER | APK | OTHERS.keys() | {"PyPI"}


def key(ecosystem, version):
    """A value that sorts as `ecosystem` sorts versions. "0" is the beginning. Raises ValueError for bad text."""
    name = ecosystem.partition(":")[0]
    if version == "0":
        return (0,)
    try:
        if name == "PyPI":
            return (1, Version(version))
        if name in APK:
            return (1, apk_key(version))
        return (1, OTHERS[name](version) if name in OTHERS else semver_key(version))
    except (InvalidVersion, Unordered) as error:
        raise ValueError(f"{version}: not a version of {name}") from error


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


def apk_key(version):
    """Numbers, a letter, suffixes before and after the release, the revision of the package."""
    form = APK_FORM.fullmatch(version)
    suffixes = re.findall(r"_([a-z]+)(\d*)", form[3]) if form else [("?", "")]
    if any(word not in APK_SUFFIXES for word, _ in suffixes):
        raise ValueError(f"{version}: not a version of apk")
    first, *numbers = form[1].split(".")
    # A number behind the first that begins with 0 is read as what follows a decimal point.
    numbers = [(0, number) if number[0] == "0" else (1, int(number)) for number in numbers]
    ends = [(APK_SUFFIXES[word], int(number or 0)) for word, number in suffixes] + [(0, 0)]
    return int(first), numbers, form[2], ends, int(form[4] or 0)


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
