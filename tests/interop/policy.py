"""Owns: that sectxt, which checks sites of the Dutch government, accepts every security.txt of ours.

Usage: policy.py CAVEAT SITE POLICIES
The models of POLICIES are read with a review half a year from now: they must not fail because time passes.
"""

import re
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

from sectxt import Parser

from verdicts import verdict

# What sectxt would like and we leave to others: a clear-signed file, and a key where the policy has none.
EXCUSED = {"not_signed", "no_encryption"}
CLIENT, VERSION = "sectxt", version("sectxt")


def problems(text):
    """What sectxt says of a file, under the address that the file says is its own."""
    address = re.search(r"^Canonical: (\S+)$", text, re.MULTILINE)
    if not address:
        return ["no Canonical"]
    parser = Parser(text.encode(), urls=address[1])
    said = parser.errors + parser.recommendations + parser.notifications
    return [f"{one['code']}: {one['message']}" for one in said if one["code"] not in EXCUSED]


def of_model(caveat, model):
    """The security.txt of a model policy, as `caveat policy` prints it."""
    soon = (date.today() + timedelta(days=180)).isoformat()
    text = re.sub(r"(?m)^next-review = .*$", f"next-review = {soon}", model.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as room:
        Path(room, "caveat.toml").write_text(text, "utf-8")
        command = [caveat, "-C", room, "policy", "--as", "security.txt"]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
    print(said.stderr, file=sys.stderr)
    expected = f"Expires: {soon}T00:00:00Z"
    return said.stdout, [] if expected in said.stdout else [f"no {expected!r}"]


def main():
    """Judge the site's file and those of the models, and make sure that the judge can say no."""
    caveat, site, policies = sys.argv[1:]
    own = Path(site, ".well-known/security.txt").read_text("utf-8")
    verdict(CLIENT, VERSION, "security.txt of the site", problems(own))
    models = [path.with_name("caveat.toml") for path in sorted(Path(policies).glob("*/security.txt"))]
    if len(models) < 5:
        sys.exit(f"{policies}: fewer than five models")
    for model in models:
        text, wrong = of_model(caveat, model)
        verdict(CLIENT, VERSION, f"security.txt of {model.parent.name}", wrong + problems(text))
    broken = re.sub(r"(?m)^Expires: .*\n", "", own)
    accepted = [] if any(one.startswith("no_expire") for one in problems(broken)) else ["accepted"]
    verdict(CLIENT, VERSION, "refuses security.txt without Expires", accepted)


main()
