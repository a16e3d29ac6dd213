"""Owns: four clients of The Update Framework on trees of our crate and of the program, over loopback HTTP: good histories, and attacks.

Usage: tuf_clients.py TREE NPM GO_CLIENT TOUGH_CLIENT SCRATCH PROGRAM CLONE
TREE is the crate's example: it writes trees, what is asked of them, and what our own client says. PROGRAM publishes CLONE. LENIENT is what each
stranger takes though it should not, as it is today: one that refuses more, or less, fails here, and the list is mended.
"""

import contextlib
import datetime
import functools
import hashlib
import http.server
import json
import re
import shutil
import subprocess
import sys
import threading
import urllib.parse
from importlib.metadata import version as installed
from pathlib import Path

from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.ngclient import Updater

import tuf_published
from verdicts import verdict

FORMS = {"28: a field that nobody signed", "28: a key twice", "28: white space"}
# Where either key is replaced, ours and tough forget what they saw of both roles, as the specification says (5.3.11); the others of one.
HALF = "25: versions pushed up, and the key of the timestamp alone replaced"
LENIENT = {
    "caveat-tuf": {HALF},
    "python-tuf": FORMS | {"23: one key under two ids signs for two"},
    "tuf-js": FORMS | {"23: one key under two ids signs for two", "27: a scheme that nobody knows", "28: a version with a fraction"},
    "go-tuf": FORMS | {"27: a scheme that nobody knows", "27: specification 2"},
    "tough": FORMS | {HALF, "27: specification 2"},
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, without a word on each."""

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(trees):
    """The address of all trees."""
    handler = functools.partial(Quiet, directory=str(trees))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def steps(trees):
    """What is asked: question, trees, accept or refuse, our own client's word, the hash of the bundle."""
    lines = (trees / "steps.tsv").read_text("utf-8").splitlines()
    asked = [dict(zip(("asked", "trees", "expected", "ours", "bundle"), line.split("\t"))) for line in lines]
    return [step | {"bundle": digest(step["bundle"].encode())} for step in asked]


def digest(data):
    """As the other clients print it: a bundle of a feed is an archive."""
    return hashlib.sha256(data).hexdigest()


def look(root, home, base):
    """python-tuf looks at one tree, with what it kept of those before."""
    target = home / "all.zip"
    client = Updater(str(home / "metadata"), base, str(home), base + "/t", bootstrap=root)
    client.refresh()
    client.download_target(client.get_targetinfo("all.zip"), str(target))
    return digest(target.read_bytes())


def python_tuf(address, trees, scratch):
    """What python-tuf says of each step, as the other two print it."""
    root = (trees / "root.json").read_bytes()
    for at, line in enumerate((trees / "steps.tsv").read_text("utf-8").splitlines()):
        step = {"trees": line.split("\t")[1]}
        names = step["trees"].split(" | ")
        home = scratch / str(at)
        (home / "metadata").mkdir(parents=True)
        for seen, name in enumerate(names):
            try:
                told = "accept\t" + look(root, home, f"{address}/{urllib.parse.quote(name)}/tuf")
            # Lists in lists end as RecursionError: an accident, but nothing is taken.
            except (DownloadError, RepositoryError, RecursionError, ValueError) as error:
                told = f"refuse\t{type(error).__name__}: {error}"
                if seen < len(names) - 1:
                    told = f"stuck\t{name}: {error}"
                    break
        yield told


def program(*command):
    """What another client prints."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=sys.stderr, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


def judge(client, version, asked, said, known, whose):
    """Good histories, attacks, and the attacks that this client lets through."""
    said = [line.partition("\t") for line in said]
    for step, (word, _, detail) in zip(asked, said):
        print(f"{client}: {step['asked']}: {word}: {detail}", file=sys.stderr)
    lost = [f"{len(said)} of {len(asked)} questions were answered"] if len(said) != len(asked) else []
    good = [(step, told) for step, told in zip(asked, said) if step["expected"] == "accept"]
    bad = [(step, told) for step, told in zip(asked, said) if step["expected"] == "refuse"]
    wrong = [f"{step['asked']}: {told[0]} {told[2]}" for step, told in good if (told[0], told[2]) != ("accept", step["bundle"])]
    verdict(client, version, f"{len(good)} good histories{whose} are accepted", lost + wrong)
    taken = {step["asked"] for step, told in bad if told[0] == "accept"}
    stuck = [f"{step['asked']}: {told[2]}" for step, told in bad if told[0] == "stuck"]
    wrong = [f"accepted: {name}" for name in sorted(taken - known)] + [f"refused by now: {name}" for name in sorted(known - taken)]
    verdict(client, version, f"{len(bad) - len(known)} attacks{whose} are refused, {len(known)} known ones are not", lost + stuck + wrong)


def ours(asked):
    """Our own client: every attack by its own reason."""
    said = ["accept\t" + step["bundle"] if step["ours"] == "fresh" else "refuse\t" + step["ours"] for step in asked]
    judge("caveat-tuf", "-", asked, said, LENIENT["caveat-tuf"], "")


def strangers(trees, asked, clients, scratch, lenient, whose):
    """All clients that are not ours."""
    npm, go_client, tough_client = clients
    here = Path(__file__).parent / "tuf_clients"
    library = json.loads(Path(npm, "node_modules/tuf-js/package.json").read_text("utf-8"))["version"]
    module = re.search(r"go-tuf/v2 v(\S+)", (here / "go.mod").read_text("utf-8"))[1]
    crate = re.search(r'tough = .*"=([0-9.]+)"', (here.parent / "tough_client/Cargo.toml").read_text("utf-8"))[1]
    with serving(trees) as address:
        said = {
            ("python-tuf", installed("tuf")): list(python_tuf(address, trees, scratch / "python")),
            ("tuf-js", library): program("node", here / "client.mjs", npm, address, trees, scratch / "node"),
            ("go-tuf", module): program(go_client, address, trees, scratch / "go"),
            ("tough", crate): program(tough_client, address, trees, scratch / "tough"),
        }
    for (client, version), told in said.items():
        judge(client, version, asked, told, lenient.get(client, set()), whose)


def main(tree, npm, go_client, tough_client, scratch, published, clone):
    scratch = Path(scratch).resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    trees = scratch / "trees"
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    subprocess.run([tree, trees, now], check=True, stdout=sys.stderr)
    asked, clients = steps(trees), (npm, go_client, tough_client)
    ours(asked)
    strangers(trees, asked, clients, scratch, LENIENT, "")
    place, asked = tuf_published.trees(published, clone, scratch / "published")
    strangers(place, asked, clients, scratch / "published", {}, " of a published feed")


if __name__ == "__main__":
    main(*sys.argv[1:])
