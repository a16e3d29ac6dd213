"""Owns: a feed with a keyring, as the program makes it: published, published again, and kept fresh, each as a tree of its own.

Its keys are made anew and by OpenSSH, its root is drafted and signed by the program, its memory is a branch of its clone.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys

KEYRING = """[role.root]
keys = ["root-a", "root-b"]
threshold = 2
[role.publish]
keys = ["publish"]
[role.freshness]
keys = ["freshness"]
"""

TREES = ("published", "published again", "kept fresh")


class Feed:
    """A clone, its keys, and what is out."""

    def __init__(self, program, clone, scratch):
        self.program = program
        self.place = scratch / "feed"
        self.keys = scratch / "private"
        self.site = scratch / "site"
        self.keys.mkdir(parents=True)
        self.keys.chmod(0o700)
        subprocess.run(["git", "clone", "--quiet", "--no-local", clone, self.place], check=True)

    def caveat(self, *arguments):
        """The program in the clone, without anybody's keys but ours."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("CAVEAT_", "GITHUB_", "CI"))}
        subprocess.run([self.program, "-C", self.place, *arguments], check=True, stdout=sys.stderr, env=environment)

    def commit(self, message):
        """All that lies there."""
        git = ["git", "-C", self.place, "-c", "user.name=interop", "-c", "user.email=interop@example.org"]
        subprocess.run([*git, "add", "--all"], check=True)
        subprocess.run([*git, "commit", "--quiet", "--message", message], check=True)

    def begin(self):
        """Keys, who may use them, and the first root."""
        for name in ("root-a", "root-b", "publish", "freshness"):
            make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", self.keys / name]
            subprocess.run(make, check=True, stdin=subprocess.DEVNULL)
            shutil.copy(self.keys / f"{name}.pub", self.place / "keys")
        (self.place / "keys/keyring.toml").write_text(KEYRING, "utf-8")
        self.commit("A keyring")
        self.caveat("keys", "root", "draft")
        for name in ("root-a", "root-b"):
            self.caveat("keys", "root", "sign", "--key", str(self.keys / name))
        self.commit("The first root")

    def publish(self):
        """An edition."""
        hands = [part for name in ("publish", "freshness") for part in ("--key", str(self.keys / name))]
        self.caveat("publish", "--to", str(self.site), *hands)

    def revise(self):
        """One advisory tells more, so that the archive is another one."""
        path = next((self.place / "advisories/2026").glob("*.toml"))
        text = path.read_text("utf-8")
        path.write_text(re.sub(r'^title = "(.*)"$', r'title = "\1, told again"', text, count=1, flags=re.M), "utf-8")
        self.caveat("revise", path.stem, "--message", "Told again.")
        self.commit("Told again")

    def heartbeat(self):
        """Still the newest, by the key that can say nothing else."""
        self.caveat("heartbeat", "--to", str(self.site), "--key", str(self.keys / "freshness"))


def trees(program, clone, scratch):
    """The trees, the root that clients trust, and what is asked of them: as of the trees of the crate."""
    feed, place = Feed(program, clone, scratch), scratch / "trees"
    feed.begin()
    bundles = {}
    for name, step in zip(TREES, (feed.publish, feed.publish, feed.heartbeat)):
        if name == "published again":
            feed.revise()
        step()
        shutil.copytree(feed.site, place / name)
        bundles[name] = hashlib.sha256((feed.site / "osv/all.zip").read_bytes()).hexdigest()
    shutil.copy(feed.site / "tuf/1.root.json", place / "root.json")
    first, again, fresh = TREES
    good = [[name] for name in TREES] + [[first, again], [first, fresh], [again, fresh], [first, again, fresh]]
    asked = [(" | ".join(names), "accept", bundles[names[-1]]) for names in good]
    # The same edition with an older timestamp, and an older edition.
    asked += [(" | ".join(names), "refuse", "") for names in ([fresh, again], [fresh, first])]
    lines = [f"{names}\t{names}\t{expected}\tbehind\t{bundle}\n" for names, expected, bundle in asked]
    (place / "steps.tsv").write_text("".join(lines), "utf-8")
    keys = ("asked", "trees", "expected", "ours", "bundle")
    return place, [dict(zip(keys, line.rstrip("\n").split("\t"))) for line in lines]
