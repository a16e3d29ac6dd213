"""Owns: a feed whose keyring names a key for OpenPGP, and its publication.

The keys come from known texts: they are no secrets, and worth nothing.
"""

import base64
import datetime
import hashlib
import os
import subprocess
import sys

# Some documents of the feed are older, some younger.
BEGUN = datetime.datetime(2026, 6, 15, tzinfo=datetime.UTC)
KEYRING = """[role.publish]
keys = ["publish-2026"]
[role.openpgp]
keys = ["openpgp-2026"]
[key.openpgp-2026]
from = {begun}
until = {until}
"""


def private(name):
    """A private key as PKCS#8."""
    seed = hashlib.sha256(f"caveat interop {name}, not a secret".encode()).digest()
    body = base64.b64encode(bytes.fromhex("302e020100300506032b657004220420") + seed).decode()
    label = "PRIVATE KEY"
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"


def public(name):
    """The public half as OpenSSH writes it."""
    command = ["openssl", "pkey", "-pubout", "-outform", "DER"]
    der = subprocess.run(command, input=private(name).encode(), capture_output=True, check=True).stdout
    blob = b"".join(len(part).to_bytes(4, "big") + part for part in (b"ssh-ed25519", der[-32:]))
    return f"ssh-ed25519 {base64.b64encode(blob).decode()} {name}\n"


def written(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def until_in(years):
    """A moment so many years from now, at midnight."""
    today = datetime.datetime.now(datetime.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + datetime.timedelta(days=365 * years - 1)


def commit(where):
    for command in (["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b.org", "commit", "-qm", "keys"]):
        subprocess.run(["git", "-C", where, *command], check=True, stdout=sys.stderr)


def keyring(where, until):
    """Names the keys, and when the one for OpenPGP ends."""
    (where / "keys").mkdir(exist_ok=True)
    for name in ("publish-2026", "openpgp-2026"):
        (where / f"keys/{name}.pub").write_text(public(name), "utf-8")
    (where / "keys/keyring.toml").write_text(KEYRING.format(begun=written(BEGUN), until=written(until)), "utf-8")
    commit(where)


def published(caveat, where, site):
    """Publishes the last commit."""
    env = {"PATH": os.environ["PATH"], "HOME": str(where.parent / "home")}
    keys = {"CAVEAT_KEY": private("publish-2026"), "CAVEAT_KEY_OPENPGP": private("openpgp-2026")}
    subprocess.run([caveat, "-C", where, "publish", "--to", site], check=True, stdout=sys.stderr, env=env | keys)
    return site
