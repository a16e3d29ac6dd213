"""Owns: what govulncheck says with our database of Go modules, read from a directory and fetched from a server.

Usage: govulncheck.py CAVEAT GOVULNCHECK SCRATCH
The advisories of this repository name no Go module, so a feed with everything odd (code_feed.py) and one of random advisories are
asked about: every bound of every range by modules, and programs that call what has a flaw, import it, or have a fix.
"""

import json
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import code_feed
import random_feed
from affected import Caveat
from bounds import expected, probes
from go_project import environment, project
from hostile_feed import caveat_in
from verdicts import records, scanned, verdict

RANDOM = 300
# Of the feed with everything odd, at this version each module has its flaw, and at the other none has.
FLAWED, FIXED = "1.1.0", {"example.org/plain": "1.2.0", "example.org/uncalled": "1.2.0", "example.org/whole": "1.2.0", "example.org/method": "0.9.0",
                          "example.org/misnamed": "1.2.0", "example.org/first": "1.2.0", "example.org/second": "1.3.0", "example.org/gone": "1.0.0"}
UNCALLED, GONE, RUNTIME = "example.org/uncalled", "example.org/gone", "stdlib"


class Govulncheck:
    """The program, with one database."""

    def __init__(self, program, database, scratch):
        self.program, self.database, self.environment = program, database, environment(scratch)
        # Built by `go install` it does not know its own version; its name has it.
        self.name, self.version = Path(program).name.rsplit("-", 1)

    def findings(self, where, *arguments):
        """Every finding as it tells them."""
        command = [self.program, "-db", self.database, "-format", "json", *arguments]
        done = subprocess.run(command, cwd=where, env=self.environment, capture_output=True, text=True, timeout=300)
        if done.returncode or done.stderr:
            raise RuntimeError(f"{command}: {done.returncode}: {done.stderr}")
        decoder, text = json.JSONDecoder(), done.stdout.strip()
        while text:
            message, end = decoder.raw_decode(text)
            text = text[end:].lstrip()
            if "finding" in message:
                yield message["finding"]

    def modules(self, where):
        """{module: ids} of what the program requires."""
        return grouped(self.findings(where, "-scan", "module"))

    def source(self, where):
        """The same of what it calls, and of what it imports without a call."""
        found = list(self.findings(where, "./..."))
        called = grouped(one for one in found if "function" in one["trace"][0])
        imported = grouped(one for one in found if "package" in one["trace"][0])
        return called, {name: ids - called.get(name, set()) for name, ids in imported.items() if ids - called.get(name, set())}


def grouped(findings):
    answers = {}
    for one in findings:
        answers.setdefault(one["trace"][0]["module"], set()).add(one["osv"])
    return answers


@contextmanager
def serving(folder):
    """The address of a static server, and what was asked of it."""
    asked = []

    class Handler(SimpleHTTPRequestHandler):
        def log_request(self, code="-", size="-"):
            asked.append((self.command, self.path, int(code)))

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def rounds(asked):
    """Every version of every module, in as few programs as there are versions of one: each has a module once."""
    versions = {}
    for name, version in asked:
        versions.setdefault(name, []).append(version)
    versions.pop(RUNTIME, None)
    for turn in range(max(map(len, versions.values()))):
        yield {name: found[turn] for name, found in versions.items() if turn < len(found)}


def bounds(client, whose, known, scratch):
    """Every bound of every range."""
    missed, excess, count = [], [], 0
    for number, modules in enumerate(rounds(probes(known, "Go"))):
        said = client.modules(project(scratch / f"{whose}-{number}", modules))
        for name, version in modules.items():
            count += 1
            wanted, found = expected(known, "Go", name, version), said.get(name, set())
            missed += [f"{name} {version}: {one}" for one in sorted(wanted - found)]
            excess += [f"{name} {version}: {one}" for one in sorted(found - wanted)]
    verdict(client.name, client.version, f"{whose}: {count} versions of modules: names our id for each affected one", missed)
    verdict(client.name, client.version, f"{whose}: {count} versions of modules: names no id for any other, and none withdrawn", excess)


def programs(client, known, caveat, scratch):
    """A program with flaws, and one with fixes."""
    flawed = project(scratch / "flawed", dict.fromkeys([*FIXED, "example.org/dotted.v3"], FLAWED))
    fixed = project(scratch / "fixed", FIXED)
    wanted = {name: expected(known, "Go", name, FLAWED) for name in [*FIXED, "example.org/dotted.v3"] if name != GONE}
    called, imported = client.source(flawed)
    idle = {UNCALLED: wanted.pop(UNCALLED)}
    faults = [f"{name}: {called.get(name)} is not {wanted.get(name)}" for name in sorted(wanted.keys() | called) if called.get(name) != wanted.get(name)]
    verdict(client.name, client.version, f"a program that calls flaws of {len(wanted)} modules: all of them, and no withdrawn one", faults)
    verdict(client.name, client.version, "a flaw in a function that is not called is only imported", [] if imported == idle else [imported])
    told = client.source(fixed)
    verdict(client.name, client.version, f"a program with {len(FIXED)} modules without flaws: nothing", [one for one in told if one])
    name = "example.org/plain"
    ours = [caveat.ids(f"Go/{name}@{version}") for version in (FLAWED, FIXED[name])]
    scanned(client.name, client.version, f"Go/{name}", (FLAWED, ours[0], called.get(name, set())), (FIXED[name], ours[1], told[0].get(name, set())))
    runtime = client.modules(fixed).get(RUNTIME, set())
    compiler = subprocess.run(["go", "env", "GOVERSION"], capture_output=True, text=True, check=True).stdout.split()[0].removeprefix("go")
    wanted = caveat.ids(f"Go/{RUNTIME}@{compiler}")
    verdict(client.name, client.version, f"Go/{RUNTIME}@{compiler}: what `caveat affected` says", [] if runtime == wanted and wanted else [runtime])


def fetched(client, folder, scratch):
    """The same over HTTP, from the packed twins alone."""
    flawed = scratch / "flawed"
    with serving(folder) as (address, asked):
        remote = Govulncheck(client.program, address, scratch)
        same = remote.source(flawed) == client.source(flawed)
    odd = [one for one in asked if not one[1].endswith(".json.gz") or one[2] != 200]
    verdict(client.name, client.version, f"over HTTP the same answers, by {len(asked)} requests for packed files", [*odd, *([] if same and asked else ["another answer"])])


def main():
    caveat, program, scratch = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    if scratch.exists():
        # Go keeps what it fetched read-only.
        subprocess.run(["chmod", "-R", "u+w", scratch], check=True)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    odd = code_feed.repository(scratch / "odd")
    caveat_in(caveat, odd, "build", "--out", scratch / "odd-site")
    known = records(scratch / "odd-site")
    client = Govulncheck(program, f"file://{scratch.resolve()}/odd-site/go", scratch)
    programs(client, known, Caveat(caveat, odd), scratch)
    fetched(client, scratch / "odd-site/go", scratch)
    bounds(client, "odd", known, scratch)
    _, made, _ = random_feed.built(caveat, scratch, RANDOM)
    bounds(Govulncheck(program, f"file://{made.resolve()}/go", scratch), f"{RANDOM} random", records(made), scratch)


main()
