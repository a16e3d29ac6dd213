"""Owns: what cargo-audit and cargo-deny say of our RustSec tree, about every bound of every range.

Usage: rustsec.py CAVEAT REPOSITORY SITE CARGO_AUDIT CARGO_DENY SCRATCH
The tree of the site, one of a feed with everything odd (code_feed.py), and one of random advisories. Both programs are asked as
docs/rustsec.md tells their users to; their answers are held against the OSV records and against `caveat affected`.
"""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import code_feed
import random_feed
from affected import Caveat
from bounds import expected, probes
from cargo_project import lock, metadata, real, run
from hostile_feed import caveat_in
from verdicts import records, scanned, verdict
from versions import semver_key

RANDOM = 300
URL = "https://advisories.example.org/rustsec"
DENY = '[advisories]\ndb-path = "{}"\ndb-urls = ["' + URL + '"]\n'

DAMAGES = {
    "an alias of before 2000": ('aliases = [', 'aliases = ["CVE-1999-0001", '),
    "a score with more than base metrics": ('/A:H"', '/A:H/E:P"'),
    "an id that is not the name of the file": ('id = "x_CODE-2026-0002"', 'id = "x_CODE-2026-0001"'),
    "versions that are patched twice": ('patched = [">= 1.2.0"]', 'patched = [">= 1.2.0", ">= 1.3.0"]'),
    "a version of two numbers and more": ('patched = [">= 1.2.0"]', 'patched = [">= 1.2.0, < 2, < 3"]'),
    "a function without a crate": ('"plain::read"', '"read"'),
}


class Audit:
    """cargo-audit over a directory without git."""

    def __init__(self, program, tree):
        self.program, self.tree = program, tree
        self.name, self.version = "cargo-audit", run([program, "audit", "--version"], tree).stdout.split()[-1]

    def ask(self, lock_file):
        """{(name, version): ids of files}, of all that it reports. It ends with 1 when it found something."""
        command = [self.program, "audit", "--db", self.tree, "--no-fetch", "--no-yanked", "--file", lock_file, "--format", "json"]
        said = json.loads(run(command, self.tree, (0, 1)).stdout)
        if any(said["warnings"].values()):
            raise ValueError(f"warnings: {said['warnings']}")
        return grouped((one["package"]["name"], one["package"]["version"], one["advisory"]["id"]) for one in said["vulnerabilities"]["list"])

    def project(self, where):
        """Of a real project."""
        return self.ask(where / "Cargo.lock")

    def many(self, where, crates):
        """Of a lock file that names many crates."""
        (where / "many.lock").write_text(lock(crates), "utf-8")
        return self.ask(where / "many.lock")


class Deny:
    """cargo-deny over a clone: it reads nothing else, so the tree becomes a repository that git finds under the address."""

    def __init__(self, program, tree, scratch):
        self.program, self.clones = program, scratch / "advisory-dbs"
        self.name, self.version = "cargo-deny", run([program, "--version"], tree).stdout.split()[-1]
        for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b.org", "commit", "-qm", "m"]):
            subprocess.run(["git", "-C", tree, *command], check=True)
        self.git = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.file://{tree.resolve()}.insteadOf", "GIT_CONFIG_VALUE_0": URL}

    def ask(self, where, *more):
        """The same of cargo-deny, which tells its findings on stderr, one in each line."""
        (where / "deny.toml").write_text(DENY.format(self.clones), "utf-8")
        command = [self.program, "--format", "json", *more, "check", "advisories"]
        told = run(command, where, (0, 1), **self.git).stderr.splitlines()
        found = [json.loads(line)["fields"] for line in told if '"advisory":' in line]
        if not any('"type":"summary"' in line for line in told):
            raise ValueError(f"no summary: {told[-1:]}")
        return grouped((krate["Krate"]["name"], krate["Krate"]["version"], one["advisory"]["id"]) for one in found for krate in one["graphs"])

    def project(self, where):
        return self.ask(where)

    def many(self, where, crates):
        return self.ask(where, "--metadata-path", metadata(where, crates))


def grouped(rows):
    """Ids of advisories by crate: a file about a further crate has the crate's name behind the id."""
    answers = {}
    for name, version, ident in rows:
        answers.setdefault((name, version), []).append(ident.removesuffix(f".{name}"))
    return {crate: sorted(ids) for crate, ids in answers.items()}


def judge(client, whose, known, answers, asked):
    """Every answer against an independent reading of the records."""
    missed, excess, revived = [], [], []
    for name, version in asked:
        said, wanted = answers.get((name, version), []), expected(known, "crates.io", name, version)
        missed += [f"{name} {version}: {one}" for one in sorted(wanted - set(said))]
        for one in sorted(set(said) - wanted):
            (revived if "withdrawn" in known.get(one, {}) else excess).append(f"{name} {version}: {one}")
        if len(said) != len(set(said)):
            excess.append(f"{name} {version}: told twice: {said}")
    count = f"{whose}: {len(asked)} versions of {len({name for name, _ in asked})} crates"
    verdict(client.name, client.version, f"{count}: names our id for each affected one", missed)
    verdict(client.name, client.version, f"{count}: names no id for any other", excess)
    verdict(client.name, client.version, f"{count}: names no withdrawn id", revived)


def is_whole(tree, site):
    """The archive is the tree."""
    with zipfile.ZipFile(site / "rustsec/all.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    loose = {str(path.relative_to(tree)): path.read_bytes() for path in tree.glob("crates/*/*.md")}
    return [] if packed == loose and list(packed) == sorted(packed) else ["the archive and the tree differ"]


def feed(whose, site, scratch, programs):
    """One feed, by both programs; the crates that were asked about, and the programs."""
    known, tree = records(site), scratch / "tree"
    shutil.copytree(site / "rustsec", tree)
    (tree / "all.zip").unlink()
    verdict("zipfile", "-", f"{whose}: the archive holds the tree", is_whole(tree, site))
    asked = probes(known, "crates.io")
    clients = [Audit(programs[0], tree), Deny(programs[1], tree, scratch)]
    for client in clients:
        where = scratch / client.name
        where.mkdir()
        judge(client, whose, known, client.many(where, asked), asked)
    return asked, clients


def damaged(client, scratch):
    """Files that kill it, each in a copy of the tree: what we keep out of files is kept out for a reason."""
    for what, (old, new) in DAMAGES.items():
        tree = scratch / "damaged"
        shutil.rmtree(tree, ignore_errors=True)
        shutil.copytree(client.tree / "crates", tree / "crates")
        path = next(one for one in sorted(tree.glob("crates/*/*.md")) if old in one.read_text("utf-8"))
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        try:
            Audit(client.program, tree).many(scratch, [("plain", "1.0.0")])
        except ValueError:
            continue
        yield f"{what}: it reads the others all the same"


def rows(caveat, asked, clients, scratch):
    """A real vulnerable and a real fixed project, held against `caveat affected`."""
    name = asked[0][0]
    releases = sorted((version for one, version in asked if one == name and "-" not in version), key=semver_key)
    told = [(version, caveat.ids(f"crates.io/{name}@{version}")) for version in releases]
    at = max(number for number, one in enumerate(told) if one[1] and any(not later[1] for later in told[number:]))
    chosen = told[at], next(one for one in told[at:] if not one[1])
    for client in clients:
        answers = []
        for version, ours in chosen:
            where = real(scratch / f"{client.name}-{version}", name, version)
            answers.append((version, ours, client.project(where).get((name, version), [])))
        scanned(client.name, client.version, f"crates.io/{name}", *answers)


def main():
    caveat, repository, site, audit, deny, scratch = sys.argv[1:]
    scratch, programs = Path(scratch), (audit, deny)
    shutil.rmtree(scratch, ignore_errors=True)
    for name in ("own", "odd", "random"):
        (scratch / name).mkdir(parents=True)
    asked, clients = feed("own", Path(site), scratch / "own", programs)
    rows(Caveat(caveat, repository), asked, clients, scratch / "own")
    odd = code_feed.repository(scratch / "odd/repository")
    caveat_in(caveat, odd, "build", "--out", scratch / "odd/site")
    _, (client, _) = feed("odd", scratch / "odd/site", scratch / "odd", programs)
    verdict(client.name, client.version, f"{len(DAMAGES)} damages of one file, for each of which it refuses all files", damaged(client, scratch / "odd"))
    _, made, _ = random_feed.built(caveat, scratch / "random", RANDOM)
    feed(f"{RANDOM} random", made, scratch / "random", programs)


main()
