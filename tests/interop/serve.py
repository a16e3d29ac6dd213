"""Owns: asking `caveat serve` with clients of OSV.dev's API that are not ours, and holding each answer against `caveat affected`.

Usage: serve.py CAVEAT REPOSITORY SITE WORK PIP_AUDIT PYSENTRY VERSION=OSV_SCANNER..

Every PyPI package of every record is pinned twice: to a version that `caveat affected` says yes to, and to one that it says no to.
"""

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from affected import Caveat
from serving import HOST, as_osv_dev, serving
from verdicts import records, scanned, verdict
from versions import just_below, key, version_ranges

ECOSYSTEM = "PyPI"
REQUIRED = ["PATH", "HOME"]


def pins(found, caveat):
    """{package: ((vulnerable version, ids), (fixed version, ids))} of every package that has both.

    The highest vulnerable one: of a range with several branches pysentry reads the last alone (docs/serve.md).
    """
    versions = {}
    for record in found.values():
        for entry in record["affected"]:
            if entry.get("package", {}).get("ecosystem") == ECOSYSTEM:
                versions.setdefault(entry["package"]["name"], set()).update(bounds(entry))
    pinned = {}
    for name, candidates in sorted(versions.items()):
        told = [(version, caveat.ids(f"{ECOSYSTEM}/{name}@{version}")) for version in ascending(candidates)]
        vulnerable, fixed = [one for one in told if one[1]], [one for one in told if not one[1]]
        if vulnerable and fixed:
            pinned[name] = (vulnerable[-1], fixed[-1])
    return pinned


def ascending(versions):
    """As PyPI orders them."""
    return sorted(versions, key=lambda version: key(ECOSYSTEM, version))


def bounds(entry):
    """The versions at which an entry changes its mind, and those just below."""
    for found in version_ranges(entry):
        for event in found["events"]:
            ((_, bound),) = event.items()
            if bound == "0":
                continue
            yield bound
            below = just_below(ECOSYSTEM, bound)
            if below is not None:
                yield below


def write_projects(pinned, work):
    """A folder for each kind, with the same packages as requirements and as a lock of uv."""
    for at, kind in enumerate(("vulnerable", "fixed")):
        lines = {name: both[at][0] for name, both in pinned.items()}
        for form in ("requirements", "uv"):
            (work / kind / form).mkdir(parents=True)
        text = "".join(f"{name}=={version}\n" for name, version in lines.items())
        (work / kind / "requirements" / "requirements.txt").write_text(text, "utf-8")
        needs = ", ".join(f'{{ name = "{name}" }}' for name in lines)
        lock = 'version = 1\nrequires-python = ">=3.11"\n\n[[package]]\nname = "probe"\nversion = "0.1.0"\n'
        lock += f'source = {{ virtual = "." }}\ndependencies = [{needs}]\n'
        source = 'source = { registry = "https://pypi.org/simple" }\n'
        lock += "".join(f'\n[[package]]\nname = "{name}"\nversion = "{version}"\n{source}' for name, version in lines.items())
        (work / kind / "uv" / "uv.lock").write_text(lock, "utf-8")
        wanted = ", ".join(f'"{name}=={version}"' for name, version in lines.items())
        project = f'[project]\nname = "probe"\nversion = "0.1.0"\ndependencies = [{wanted}]\n'
        (work / kind / "uv" / "pyproject.toml").write_text(project, "utf-8")


def run(command, environment=None):
    """What a client printed as JSON: it ends with 0 or 1."""
    environment = environment or {name: os.environ[name] for name in REQUIRED if name in os.environ}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    print(done.stderr, file=sys.stderr)
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]}: status {done.returncode}: {done.stdout[-2000:]}")
    # Behind it some tell people about themselves, the first time that they run.
    return json.JSONDecoder().raw_decode(done.stdout.lstrip())[0]


def pip_audit(program, folder, port, known):
    """{package: ids}. It calls a flaw by its CVE or PYSEC id, and by ours beside."""
    command = [program, "-r", str(folder / "requirements" / "requirements.txt"), "--no-deps", "--disable-pip", "-s", "osv"]
    answer = run([*command, "--osv-url", f"http://127.0.0.1:{port}/v1/query", "--progress-spinner", "off", "-f", "json"])
    names = lambda found: {found["id"], *found["aliases"]} & known
    return {one["name"]: set().union(*map(names, one["vulns"])) for one in answer["dependencies"]}


def pysentry(program, folder, port, known):
    """{package: ids}."""
    command = [program, str(folder / "uv"), "--sources", "osv", "--service-url", f"http://127.0.0.1:{port}/v1"]
    answer = run([*command, "--format", "json", "--no-cache", "--no-maintenance-check", "--fail-on", "low"])
    found = {}
    for one in answer["vulnerabilities"]:
        found.setdefault(one["package_name"], set()).update({one["id"]} & known)
    return found


def osv_scanner(program, folder, port, work):
    """{package: ids}, asked online of a host that is ours."""
    environment = {name: os.environ[name] for name in REQUIRED if name in os.environ}
    command = [program, "scan", "source", "--no-resolve", "--no-ignore", "--all-packages", "--all-vulns", "--format", "json"]
    with as_osv_dev(port, work) as (way, strangers):
        answer = run([*command, str(folder / "requirements")], environment | way)
    print(f"asked besides: {strangers}", file=sys.stderr)
    found = {}
    for result in answer["results"]:
        for package in result["packages"]:
            found[package["package"]["name"]] = {one["id"] for one in package.get("vulnerabilities", [])}
    return found


def judge(client, version, pinned, told):
    """Every package of both kinds, and one as a row of the table."""
    problems = []
    for kind, at in (("vulnerable", 0), ("fixed", 1)):
        for name, both in pinned.items():
            pin, ours = both[at]
            theirs = told[at].get(name, set())
            if theirs != ours:
                problems.append(f"{name}@{pin} ({kind}): we say {sorted(ours)}, it says {sorted(theirs)}")
    verdict(client, version, f"online: {len(pinned)} vulnerable and {len(pinned)} fixed packages as `caveat affected` says", problems)
    name, both = next(iter(pinned.items()))
    row = [(*both[at], told[at].get(name, set())) for at in (0, 1)]
    scanned(client, version, f"{ECOSYSTEM}/{name}", *row)


def as_the_feed(port, found):
    """Every record by its id as the site has it, withdrawn ones too, and one that is not there."""
    problems = []
    for identity, record in found.items():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/vulns/{identity}", timeout=30) as answer:
            if json.load(answer) != record:
                problems.append(f"{identity} is another record")
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/vulns/none", timeout=30)
        problems.append("a record that is not there is served")
    except urllib.error.HTTPError as error:
        if error.code != 404 or json.load(error).get("code") != 5:
            problems.append(f"status {error.code} for a record that is not there")
    verdict("urllib", "-", f"{len(found)} records by id are those of the site", problems)


def version_of(program):
    """The last word of what it says of itself."""
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return (done.stdout + done.stderr).split()[-1]


def main():
    """Start the server once, and ask everybody."""
    binary, repository, site, work, audit, sentry, *scanners = sys.argv[1:]
    work = Path(work)
    shutil.rmtree(work, ignore_errors=True)
    found = records(site)
    pinned = pins(found, Caveat(binary, repository))
    write_projects(pinned, work)
    folders, known = [work / "vulnerable", work / "fixed"], set(found)
    with serving(binary, repository, "--api-only", "--no-watch", "--host", HOST) as port:
        as_the_feed(port, found)
        judge("pip-audit", version_of(audit), pinned, [pip_audit(audit, one, port, known) for one in folders])
        judge("pysentry", version_of(sentry), pinned, [pysentry(sentry, one, port, known) for one in folders])
        for client in scanners:
            version, program = client.split("=", 1)
            judge("osv-scanner online", version, pinned, [osv_scanner(program, one, port, work) for one in folders])


main()
