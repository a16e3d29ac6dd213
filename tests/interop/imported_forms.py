"""Owns: what strangers say of 1,000 imported advisories in the other forms: CSAF, CVE, OpenVEX, RustSec.

Usage: imported_forms.py FORM SITE SCRATCH TOOL..
One form a run: lib4vex wants another module of the name of csaf.py. Every check has to find documents to judge.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

from verdicts import records, verdict


def csaf(site, _, npm):
    """The validator: strict schema, mandatory and optional tests, as for our own."""
    from csaf import documents, judged

    count = len(documents(site))
    verdict("csaf-validator-lib", "-", f"{count} CSAF documents: strict schema, mandatory and optional tests", list(judged(site, npm)) + some(count))


def cve(site, scratch, checker):
    """Both schemas, and cvelib."""
    from cve import CHECKER, CVELIB, by_cvelib, files, schemas, valid

    paths = files(site)
    for name, schema in schemas(scratch).items():
        verdict(*CHECKER, f"{len(paths)} CVE records: schema {name}", valid(checker, schema, paths.values()) + some(len(paths)))
    verdict(*CVELIB, f"{len(paths)} CVE records: whole, and their containers", by_cvelib(paths))


def openvex(site, scratch, schema):
    """The schema, and lib4vex."""
    from vex import documents, refused, unread

    found = documents(site, "vex/*.openvex.json")
    verdict("jsonschema", "-", f"{len(found)} OpenVEX documents: the schema of 0.2.0", list(refused(schema, found)) + some(len(found)))
    verdict("lib4vex", "-", f"{len(found)} OpenVEX documents are read as written", unread(found, scratch))


def rustsec(site, scratch, audit):
    """cargo-audit loads all files, for one that it cannot read stops it, and finds an affected version of each crate that has one."""
    tree, crates, wanted = Path(site, "rustsec").resolve(), {}, set()
    for record in records(site).values():
        for entry in record["affected"]:
            if entry["package"]["ecosystem"] == "crates.io":
                crates.setdefault(entry["package"]["name"], []).append(record)
    lock = 'version = 3\n\n[[package]]\nname = "probe"\nversion = "0.1.0"\n'
    for name in sorted(crates):
        lock += f'\n[[package]]\nname = "{name}"\nversion = "0.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n'
    path = scratch / "Cargo.lock"
    path.write_text(lock, "utf-8")
    done = subprocess.run([audit, "audit", "--db", tree, "--no-fetch", "--no-yanked", "--file", path, "--format", "json"], capture_output=True, text=True)
    told = json.loads(done.stdout or "{}")
    count = len(list(tree.glob("crates/*/*.md")))
    faults = [] if told.get("database", {}).get("advisory-count") == count else [f"{count} files, read: {told.get('database') or done.stderr[-300:]}"]
    found = {one["advisory"]["id"] for one in told.get("vulnerabilities", {}).get("list", [])}
    wanted = {one for one in map(begins_at_zero, tree.glob("crates/*/*.md")) if one}
    verdict("cargo-audit", Path(audit).name.rsplit("-", 1)[1], f"{count} RustSec files are read; at 0.0.0 exactly {len(wanted)} are found",
            faults + sorted(found ^ wanted) + some(len(wanted)))


def begins_at_zero(path):
    """The id of a file whose flaw is in 0.0.0: the first version that is not excepted."""
    text = path.read_text("utf-8")
    front = tomllib.loads(text.split("```toml\n", 1)[1].split("\n```", 1)[0])
    if "withdrawn" in front["advisory"]:
        return None
    excepted = front["versions"]["patched"] + front["versions"].get("unaffected", [])
    return None if any(one.startswith("<") or one in ("*", ">= 0", ">= 0.0.0") for one in excepted) else front["advisory"]["id"]


def some(count):
    return [] if count > 100 else [f"only {count}"]


def main(form, site, scratch, tool):
    scratch = Path(scratch)
    scratch.mkdir(parents=True, exist_ok=True)
    {"csaf": csaf, "cve": cve, "openvex": openvex, "rustsec": rustsec}[form](site, scratch, tool)


if __name__ == "__main__":
    main(*sys.argv[1:])
