"""Owns: whether cargo-audit finds with the RustSec files that we write what it finds with those that they were made from.

Usage: audit.py CARGO_AUDIT SITE SOURCE OSV SCRATCH
SITE was built from the imported SOURCE, OSV are the records of its owner, whose bounds are asked about: all crates and versions in one
lock file. Advisories that were not imported are left out on both sides, and counted. What the owner calls informational is one more kind
of finding there, and a vulnerability with us: only ids are compared. Exit 1 where they differ.
Must never look at anything but the answers of cargo-audit.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "interop"))
from bounds import probes  # noqa: E402
from cargo_project import lock  # noqa: E402


def found(program, tree, lock_file):
    """{(crate, version, id): kind} of whatever is reported, and how many advisories were read."""
    command = [program, "audit", "--db", tree, "--no-fetch", "--no-yanked", "--file", lock_file, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1) or not done.stdout:
        sys.exit(f"{tree}: status {done.returncode}: {done.stderr}")
    said = json.loads(done.stdout)
    kinds = {"vulnerability": said["vulnerabilities"]["list"], **said["warnings"]}
    rows = ((kind, one["package"], one["advisory"]["id"]) for kind, listed in kinds.items() for one in listed)
    return {(package["name"], package["version"], ident): kind for kind, package, ident in rows}, said["database"]["advisory-count"]


def main(program, site, source, osv, scratch):
    tree = Path(scratch, "rustsec")
    shutil.rmtree(scratch, ignore_errors=True)
    tree.mkdir(parents=True)
    subprocess.run(["unzip", "-q", Path(site, "rustsec/all.zip"), "-d", tree], check=True)
    records = (json.loads(path.read_text("utf-8")) for path in sorted(Path(osv).rglob("*.json")))
    asked = probes({one["id"]: one for one in records if "affected" in one}, "crates.io")
    lock_file = Path(scratch, "Cargo.lock")
    lock_file.write_text(lock(asked), "utf-8")
    (ours, count), (theirs, total) = found(program, tree, lock_file), found(program, source, lock_file)
    imported = {path.stem for path in tree.glob("crates/*/*.md")}
    known = {row: kind for row, kind in theirs.items() if row[2] in imported}
    different = sorted(ours.keys() ^ known.keys())
    print(f"  cargo-audit: {len(asked)} versions of {len({name for name, _ in asked})} crates; {count} advisories of ours, {total} of theirs")
    print(f"  findings: {len(ours.keys() & known.keys())} equal, {len(different)} different, "
          f"{len(theirs) - len(known)} of {len({row[2] for row in theirs} - imported)} advisories that were not imported")
    for kind, number in sorted(Counter(known[row] for row in ours.keys() & known.keys()).items()):
        print(f"  {number:>6} are theirs as {kind}")
    for name, version, ident in different:
        print(f"    {ident} {name} {version}: {'only ours' if (name, version, ident) in ours else 'only theirs'}")
    return 1 if different or not ours else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
