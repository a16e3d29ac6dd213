"""Owns: a feed of made-up advisories with a keyring, and the keys of its people and machines.

Its keys are made anew each time, by ssh-keygen, as maintainers make them.
"""

import subprocess
from datetime import datetime, timedelta, timezone

from github_runner import git, sealed

ROOTS = ("root-ana", "root-ben", "root-cleo")
KEYRING = """[role.root]
keys = ["root-ana", "root-ben", "root-cleo"]
threshold = 2

[role.publish]
keys = ["publish-one"]

[role.freshness]
keys = ["freshness-one"]

[state]
remote = "origin"
"""
PROJECT = """
[[rule]]
code = "policy-contact-example"
level = "off"
[[rule]]
code = "package-repository-missing"
level = "off"
[[rule]]
code = "cwe-missing"
level = "off"
"""
# When the first advisory came out, so long ago that nothing of a test is ahead of it.
FIRST = datetime.now(timezone.utc) - timedelta(days=3)


def stamp(days=0):
    return (FIRST + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def advisory(number):
    return f'''id = "x_DRILL-2026-{number:04}"
title = "Flaw number {number}"
severity = "high"
impact = "Code runs."
description = "The loader trusts the length that a file states, and writes past its buffer."

[[affected]]
package = "acme"
versions = [">= 1.0.0, < 2.0.{number}"]

[[reference]]
type = "fix"
url = "https://example.org/fix/{number}"

[[revision]]
at = {stamp()}
note = "First published."
'''


def edited(clone, number, text):
    place = clone / f"advisories/2026/x_DRILL-2026-{number:04}.toml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")


def commit(clone, message):
    git(clone, "add", "--all")
    git(clone, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", message)


def make_key(folder, name):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name], check=True)
    return (folder / name).read_text("utf-8")


def ask(caveat, clone, *words):
    subprocess.run([caveat, "-C", clone, *words], check=True, env=sealed(clone.parent))


def begin(caveat, clone, host):
    """A repository with one advisory, pipelines for a host, and a signed root: the secrets of each environment."""
    clone.mkdir()
    git(clone, "init", "--quiet", "-b", "main")
    ask(caveat, clone, "init", "--ci", host, "--url", "https://drill.example.org", "--id-prefix", "x_DRILL",
        "--ecosystem", "PyPI", "--package", "acme")
    with open(clone / "caveat.toml", "a", encoding="utf-8") as project:
        project.write(PROJECT)
    edited(clone, 1, advisory(1))
    private = clone.parent / "private"
    private.mkdir()
    secret = {name: make_key(private, name) for name in (*ROOTS, "publish-one", "freshness-one")}
    for name in secret:
        (private / f"{name}.pub").rename(clone / "keys" / f"{name}.pub")
    (clone / "keys/keyring.toml").write_text(KEYRING, "utf-8")
    ask(caveat, clone, "keys", "root", "draft")
    for name in ROOTS[:2]:
        ask(caveat, clone, "keys", "root", "sign", "--key", str(private / name))
    machine = {"CAVEAT_KEY_FRESHNESS": secret["freshness-one"]}
    return {"publish": {"CAVEAT_KEY": secret["publish-one"]} | machine, "heartbeat": machine}
