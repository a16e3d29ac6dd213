"""Owns: what strangers say of CVE records: schemas of 5.1 and 5.2, cvelib, a reader of package URLs; and whether they say what OSV says.

Usage: cve.py CAVEAT CLONE PYTHON_BIN SCRATCH
No package has the schema of 5.2. It is that of 5.1.1 with the two changes that its release notes name.
"""

import copy
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version as installed
from pathlib import Path
from urllib.parse import unquote

from cvelib.cve_api import CveRecord, CveRecordValidationError
from packageurl import PackageURL

import cve_feed
import cve_reader
from hostile_feed import caveat_in
from verdicts import records, verdict
from versions import SUPPORTED, key

CVELIB = ("cvelib", installed("cvelib"))
CHECKER = ("check-jsonschema", installed("check-jsonschema"))
CONTAINERS = {"PUBLISHED": CveRecord.Schemas.CNA_PUBLISHED, "REJECTED": CveRecord.Schemas.CNA_REJECTED}


def schemas(scratch):
    """The schema of whole records, by version. 5.2 adds `packageURL` to products and allows them no other new key."""
    old = json.loads(Path(CveRecord.Schemas.V5_SCHEMA.value).read_text("utf-8"))
    new = copy.deepcopy(old)
    product = new["definitions"]["product"]
    product["properties"]["packageURL"] = {"$ref": "#/definitions/uriType"}
    product["additionalProperties"] = False
    paths = {}
    for name, schema in (("5.1.1", old), ("5.2.0", new)):
        paths[name] = scratch / f"cve-{name}.json"
        paths[name].write_text(json.dumps(schema), "utf-8")
    return paths


def files(site):
    """Every record by its CVE id."""
    return {path.stem: path for path in sorted(Path(site, "cve").glob("CVE-*.json"))}


def valid(checker, schema, paths):
    """Faults of files by check-jsonschema."""
    done = subprocess.run([checker, "--schemafile", schema, *paths], capture_output=True, text=True)
    return [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()


def by_cvelib(paths):
    """Faults of whole records, and of their containers, by cvelib."""
    for ident, path in paths.items():
        record = json.loads(path.read_text("utf-8"))
        state = record["cveMetadata"]["state"]
        for part, schema in ((record, CveRecord.Schemas.V5_SCHEMA), (cve_reader.cna(record), CONTAINERS.get(state, CveRecord.Schemas.CNA_PUBLISHED))):
            try:
                CveRecord.validate(part, schema)
            except CveRecordValidationError as fault:
                yield f"{ident}: {fault}"


def shown(caveat, where, idents, cve, paths):
    """Containers that `show` prints: the command of cvelib takes them, and they are those of the records."""
    for ident, path in zip(idents, paths):
        env = {"PATH": os.environ["PATH"], "HOME": str(where.parent / "home")}
        command = [caveat, "-C", where, "show", ident, "--as", "cve"]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=sys.stderr, env=env).stdout
        if json.loads(told) != cve_reader.cna(json.loads(path.read_text("utf-8"))):
            yield f"{ident}: the container is not that of {path.name}"
        kind = "cna-rejected" if b"rejectedReasons" in told else "cna-published"
        done = subprocess.run([cve, "validate", "-s", kind, "-j", told.decode()], capture_output=True, text=True)
        if done.returncode != 0:
            yield f"{ident}: {done.stdout} {done.stderr}"


def purls(paths):
    """Package URLs that a stranger reads otherwise than they are written, or that say a version."""
    for ident, path in paths.items():
        for product in cve_reader.cna(json.loads(path.read_text("utf-8"))).get("affected", []):
            text = product.get("packageURL")
            if text:
                read = PackageURL.from_string(text)
                if read.version or read.qualifiers or read.subpath or read.to_string() != text:
                    yield f"{ident}: {text} is {read.to_string()}"
            if not product.get("vendor") or not product.get("product"):
                yield f"{ident}: a product without vendor or name"


def told_by(record):
    """The facts of a record; packages as OSV names them."""
    container = cve_reader.cna(record)
    packages = cve_reader.packages(container)
    flawed = ((cve_reader.ecosystem(one), one["packageName"], one) for one in packages)
    return {
        "affected": {(ecosystem, name, branch) for ecosystem, name, one in flawed for branch in cve_reader.branches(one)},
        "purls": {one["packageURL"] for one in packages if "packageURL" in one and cve_reader.branches(one)},
        "aliases": cve_reader.names(record),
        "scores": cve_reader.vectors(container),
        "cwe": {one["cweId"] for kind in container.get("problemTypes", []) for one in kind["descriptions"]},
        "credits": sorted((one["value"], one["type"].upper().replace(" ", "_")) for one in container.get("credits", [])),
        "modified": record["cveMetadata"]["dateUpdated"],
    }


def recorded(record):
    """The same facts of an OSV record."""
    stretches = set()
    packages = [one for one in record["affected"] if "package" in one]
    for one in packages:
        name = one["package"]["ecosystem"], one["package"]["name"]
        for events in (events["events"] for events in one["ranges"] if events["type"] != "GIT"):
            pairs = [next(iter(event.items())) for event in events] + [("", "")]
            for (kind, start), (end, at) in zip(pairs, pairs[1:]):
                if kind == "introduced":
                    ends = {"fixed": ("fixed", at), "last_affected": ("last", at)}.get(end, ("open", None))
                    stretches.add((*name, (None if start == "0" else start, *ends)))
    return {
        "affected": stretches,
        "purls": {one["package"]["purl"] for one in packages if "purl" in one["package"]},
        "aliases": set(record.get("aliases", [])),
        "scores": {one["score"] for one in record.get("severity", [])},
        "cwe": set(record["database_specific"].get("cwe_ids", [])),
        "credits": sorted((one["name"], one["type"]) for one in record.get("credits", [])),
        "modified": record["modified"],
    }


def disagreements(site, speakers):
    """Facts and verdicts that a CVE record and its OSV record tell differently."""
    known = records(site)
    for ident, path in files(site).items():
        record, osv = json.loads(path.read_text("utf-8")), known[speakers[ident]]
        if (record["cveMetadata"]["state"] == "REJECTED") != ("withdrawn" in osv):
            yield f"{ident}: {record['cveMetadata']['state']}"
        if "withdrawn" in osv:
            continue
        ours, theirs = told_by(record), recorded(osv)
        yield from (f"{ident}: {fact}: {ours[fact]} is not {theirs[fact]}" for fact in ours if ours[fact] != theirs[fact])
        yield from (f"{ident}: {fault}" for fault in verdicts_of(record, theirs["affected"]))
        links = [{unquote(one["url"]) for one in links} for links in (osv["references"], cve_reader.cna(record)["references"])]
        yield from (f"{ident}: no link to {url}" for url in links[0] - links[1])


def verdicts_of(record, stretches):
    """Bounds of branches with another status than the OSV record gives them; an end that is known is free of the flaw."""
    for product in cve_reader.packages(cve_reader.cna(record)):
        package = cve_reader.ecosystem(product), product["packageName"]
        if package[0] not in SUPPORTED | {"Go", "Hex", "Julia"}:
            continue
        order = lambda version, ecosystem=package[0]: key(ecosystem, version)
        for start, kind, end in (branch for *name, branch in stretches if tuple(name) == package):
            asked = [(start, "affected")] * (start is not None)
            asked += [(end, "affected" if kind == "last" else "unaffected")] * (end is not None)
            for version, wanted in asked:
                if (told := cve_reader.status(product, version, order)) != wanted:
                    yield f"{package} {version} is {told}, not {wanted}"


def damaged(checker, schema, paths, scratch):
    """Damages that each validator must see: otherwise its silence says nothing."""
    text = next(text for path in paths.values() if '"cvssV3' in (text := path.read_text("utf-8")) and '"lessThan"' in text)
    for name, old, new in (
        ("id", '"CVE-', '"CVX-'), ("key", '"collectionURL"', '"x_collection"'), ("status", '"affected",', '"hit",'), ("score", '"baseScore": ', '"baseScore": 1'),
        ("state", '"PUBLISHED"', '"DONE"'),
    ):
        path = scratch / f"damaged-{name}.json"
        path.write_text(text.replace(old, new), "utf-8")
        if path.read_text("utf-8") == text or not valid(checker, schema, [path]):
            yield f"a damaged {name} was not seen"
        if name != "key" and not list(by_cvelib({name: path})):
            yield f"cvelib did not see a damaged {name}"


def main(caveat, clone, programs, scratch):
    """Both feeds."""
    scratch, programs = Path(scratch), Path(programs)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    found = schemas(scratch)
    checker = programs / "check-jsonschema"
    own = cve_feed.owned(clone, scratch / "own")
    random = cve_feed.repository(scratch / "random", "https://random.example.org")
    for whose, where in (("our own", own), (f"{cve_feed.COUNT} random", random)):
        site = where.with_name(f"{where.name}-site")
        caveat_in(caveat, where, "build", "--out", site)
        paths = files(site)
        rows = json.loads((site / "cve/index.json").read_text("utf-8"))
        speakers = {row["cveId"]: row["advisories"][0] for row in rows}
        count = f"{whose} advisories, {len(paths)} records"
        for name, schema in found.items():
            verdict(*CHECKER, f"{count}: schema {name}", valid(checker, schema, paths.values()))
        verdict(*CVELIB, f"{count}: whole, and their containers", by_cvelib(paths))
        few = sorted(paths)[:8]
        verdict(*CVELIB, f"{whose}: `cve validate` takes what `caveat show` prints",
                shown(caveat, where, [speakers[one] for one in few], programs / "cve", [paths[one] for one in few]))
        verdict("packageurl-python", installed("packageurl-python"), f"{count}: package URLs", purls(paths))
        verdict("(own reader)", "-", f"{count} say what the OSV records say", disagreements(site, speakers))
        if speakers.keys() != paths.keys():
            verdict("(own reader)", "-", "the list names each record", sorted(speakers.keys() ^ paths.keys()))
    verdict(*CHECKER, "damaged records are refused", damaged(checker, found["5.2.0"], paths, scratch))


if __name__ == "__main__":
    main(*sys.argv[1:])
