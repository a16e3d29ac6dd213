"""Owns: what OSV.dev's own linter says of every record of a site: the checks that it runs without a network, and purls.

Usage: linter.py BINARY VERSION SCHEMA SITE
Its own schema is older than local prefixes, so it is given the newest. A record with a fault shows that it would speak.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from verdicts import records, verdict


def lint(binary, schema, folder, *which):
    """What it says, as problems by file. It ends with 1 when it found something."""
    command = [binary, "record", "lint", *which, "--schema-file", schema, "--parallel", "2", "--json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    print(done.stderr, file=sys.stderr)
    found = json.loads(done.stdout)
    if (done.returncode == 0) != (not found):
        sys.exit(f"{binary}: status {done.returncode} and {len(found)} findings")
    return [f"{Path(name).name}: {one['Code']} {one['Message']}" for name, all_of_it in found.items() for one in all_of_it]


def main():
    """Records alone: the index is no record, and the linter dies of what is none."""
    binary, version, schema, site = sys.argv[1:]
    found = records(site)
    with tempfile.TemporaryDirectory() as scratch:
        good, bad = Path(scratch, "good"), Path(scratch, "bad")
        good.mkdir()
        bad.mkdir()
        for key in found:
            shutil.copy(Path(site, f"osv/{key}.json"), good)
        for which in (["--collection", "offline"], ["--checks", "PKG:003"]):
            verdict("osv-linter", version, f"{len(found)} records: {which[1]}", lint(binary, schema, good, *which))
        key, record = next(iter(found.items()))
        (bad / f"{key}.json").write_text(json.dumps(record | {"aliases": [key]}), "utf-8")
        silent = [] if lint(binary, schema, bad, "--collection", "offline") else ["it said nothing"]
        verdict("osv-linter", version, "refuses a record that is its own alias", silent)


main()
