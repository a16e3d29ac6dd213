"""Owns: what strangers say of OpenVEX: its schema, lib4vex, go-vex; each document is also held against the record and the TOML.

Usage: vex.py CAVEAT CLONE SITE SCHEMA GOVEX SCRATCH
Of CSAF VEX documents lib4vex gets copies without what it stumbles over; csaf.py judges the documents themselves.
"""

import contextlib
import io
import json
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

# lib4vex wants another module of the name of csaf.py.
here = sys.path.pop(0)
from lib4vex.parser import VEXParser

sys.path.insert(0, here)

import csaf_feed
from facts import spelled
from hostile_feed import caveat_in
from jsonschema import Draft202012Validator
from source import Source
from verdicts import records, verdict
from vex_facts import EVERY, Expected
from vex_reader import names, products


def documents(site, pattern="vex/x_*.openvex.json"):
    """Every document by its file."""
    return {path: json.loads(path.read_text("utf-8")) for path in sorted(Path(site).glob(pattern))}


def refused(schema, found):
    """What the schema says against documents."""
    validator = Draft202012Validator(json.loads(Path(schema).read_text("utf-8")), format_checker=Draft202012Validator.FORMAT_CHECKER)
    for path, document in found.items():
        yield from (f"{path.name}: {error.message}" for error in validator.iter_errors(document))


def ecosystem_of(name, wanted):
    """The ecosystem in which versions of a package URL are compared."""
    return "PyPI" if name.startswith("pkg:pypi/") else wanted


def told(document):
    """Statuses by package URL, version and branch; a fault where one has two."""
    found, faults = {}, []
    for name, at, branch, status, _ in products(document):
        ecosystem = ecosystem_of(name, None)
        branch = branch and (spelled(ecosystem, branch[0]), branch[1], spelled(ecosystem, branch[2]))
        key = name, spelled(ecosystem, at), branch
        if found.setdefault(key, status) != status:
            faults.append(f"{key} is {status} and {found[key]}")
    return found, faults


def unlike(found, expected):
    """Whatever documents of advisories say otherwise than records and TOML."""
    for path, document in found.items():
        wanted = expected[path.name.removesuffix(".openvex.json")]
        said, faults = told(document)
        yield from (f"{path.name}: {fault}" for fault in faults)
        yield from (f"{path.name}: {key}: {said.get(key)} is not {wanted.told.get(key)}"
                    for key in sorted(said.keys() | wanted.told.keys(), key=str) if said.get(key) != wanted.told.get(key))
        for statement in document["statements"]:
            if names(statement) != wanted.names:
                yield f"{path.name}: named {names(statement)}"
        yield from unjustified(path, document, wanted)


def unjustified(path, document, wanted):
    """Justifications that nobody wrote, or that are gone."""
    said = sorted(one["justification"] for one in document["statements"] if "justification" in one)
    rows = [] if "withdrawn" in wanted.record else wanted.advisory.written.get("status", [])
    written = sorted(row["justification"] for row in rows if "justification" in row)
    if said != written:
        yield f"{path.name}: {said} is not {written}"


def packages_unlike(site, source, expected):
    """Whatever documents of packages say otherwise than those of advisories should, and packages without one."""
    for key, named in source.packages.items():
        package = named["ecosystem"], named["name"]
        path = Path(site, f"vex/packages/{key}.openvex.json")
        of_flaw = {one.advisory.id: one.of_package(package) for one in expected.values()}
        wanted = {(ident, *product): status for ident, found in of_flaw.items() for product, status in found.items()}
        said = {}
        for statement in json.loads(path.read_text("utf-8"))["statements"] if path.exists() else []:
            (ident,) = {one for one in names(statement) if one in expected}
            found, faults = told({"statements": [statement]})
            yield from (f"{key}: {fault}" for fault in faults)
            said |= {(ident, *product): status for product, status in found.items()}
        yield from (f"{key}: {one}: {said.get(one)} is not {wanted.get(one)}" for one in sorted(said.keys() ^ wanted.keys(), key=str))


def asked(govex, questions):
    """What go-vex answers."""
    lines = "".join(json.dumps({"path": str(path), "flaw": flaw, "product": product}) + "\n" for path, flaw, product in questions)
    said = subprocess.run([govex], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    if len(said) != len(questions):
        raise ValueError(f"{len(said)} answers to {len(questions)} questions")
    return [json.loads(line) for line in said]


def misread(govex, found, expected, source):
    """Statements that go-vex finds at fault; and versions of which it tells another status, under any name of the flaw."""
    paths = list(found)
    for path, said in zip(paths, asked(govex, [(path, "", "") for path in paths])):
        if "error" in said or len(said["statuses"]) != len(found[path]["statements"]):
            yield f"{path.name}: {said}"
    questions = [one for path in paths for one in of_document(path, expected[path.name.removesuffix(".openvex.json")], source)]
    print(f"{len(questions)} questions", file=sys.stderr)
    for (path, flaw, product, wanted), said in zip(questions, asked(govex, [one[:3] for one in questions])):
        if set(said["statuses"]) != wanted:
            yield f"{path.name}: {flaw}, {product}: {said} is not {wanted}"


def of_document(path, wanted, source):
    """Questions on every version that anybody knows of: of those that no document names it must say nothing, of the whole of a package its status."""
    for name, at, branch in sorted(wanted.told, key=str):
        whole = wanted.told.get((name, None, EVERY))
        product = f"{name}@{quote(at, safe='-._~')}" if at is not None else name if branch == EVERY else None
        for flaw in sorted(wanted.names) if product else ():
            status = {wanted.told[name, at, branch], whole} - {None}
            yield path, flaw, product, status
    for package in sorted(wanted.packages()):
        for version_of in list(source.places.get(package, ()))[::7]:
            ours = wanted.of_package(package)
            status = {ours.get((key[0], version_of, None)) for key in ours} | {ours.get((key[0], None, EVERY)) for key in ours}
            name = next(iter(ours), (None,))[0]
            if name:
                yield path, wanted.advisory.id, f"{name}@{quote(version_of, safe='-._~')}", status - {None}


def parsed(path, kind):
    """What lib4vex reads; it must recognise the kind by itself where it can."""
    parser = VEXParser(vex_type=kind)
    with contextlib.redirect_stdout(io.StringIO()):
        parser.parse(str(path))
    return parser


def unread(found, scratch):
    """OpenVEX documents that lib4vex reads otherwise. It keeps the last product of each statement: a copy has one in each."""
    for path, document in found.items():
        parser = parsed(path, "openvex")
        said = [(one["id"], one["status"]) for one in parser.get_vulnerabilities()]
        wanted = [(one["vulnerability"]["name"], one["status"]) for one in document["statements"]]
        if said != wanted or parser.get_metadata()["author"] != document["author"]:
            yield f"{path.name}: {said} is not {wanted}"
        single = [one | {"products": [product]} for one in document["statements"] for product in one["products"]]
        copy = scratch / "single.json"
        copy.write_text(json.dumps(document | {"statements": single}), "utf-8")
        said = {(one["id"], one["purl"], one["status"]) for one in parsed(copy, "openvex").get_vulnerabilities()}
        wanted = {(one["vulnerability"]["name"], one["products"][0]["@id"], one["status"]) for one in single}
        if said != wanted:
            yield f"{path.name}: {sorted(said ^ wanted)[:2]}"


def readable(document):
    """A copy for lib4vex: it dies on `ids`, on a flaw without a CVE id and on flags without a date, and keeps one status of each flaw."""
    flaws = []
    for flaw in document["vulnerabilities"]:
        rest = {key: value for key, value in flaw.items() if key not in ("ids", "product_status")}
        rest["cve"] = flaw.get("cve", flaw["ids"][0]["text"])
        rest["flags"] = [one | {"date": document["document"]["tracking"]["current_release_date"]} for one in flaw.get("flags", [])]
        flaws += [rest | {"product_status": {status: [one]}} for status, ids in flaw["product_status"].items() for one in ids]
    return document | {"vulnerabilities": flaws}


def csaf_unread(site, scratch):
    """CSAF VEX documents that lib4vex reads otherwise: statuses, products, justifications."""
    found = documents(site, "csaf/white/*/*-vex-*.json")
    if not found:
        yield "no document"
    for path, document in found.items():
        copy = scratch / "readable.json"
        written = readable(document)
        copy.write_text(json.dumps(written), "utf-8")
        parser = parsed(copy, "auto")
        said = [(one["id"], one["status"]) for one in parser.get_vulnerabilities()]
        wanted = [(one["cve"], next(iter(one["product_status"]))) for one in written["vulnerabilities"]]
        ids = {one for flaw in written["vulnerabilities"] for listed in flaw["product_status"].values() for one in listed}
        if parser.get_type() != "csaf" or said != wanted or parser.get_product().keys() != ids:
            yield f"{path.name}: read as {parser.get_type()}, {len(said)} of {len(wanted)}, {sorted(parser.get_product().keys() ^ ids)[:2]}"


def damaged(schema, govex, scratch, found):
    """Damages that must be seen: otherwise silence says nothing."""
    text = json.dumps(next(one for one in found.values() if "justification" in str(one)))
    for name, old, new in (("status", '"status": "affected"', '"status": "vulnerable"'), ("action", '"action_statement"', '"action"'),
                           ("justification", '"justification": "', '"justification": "not_'), ("version", '"version": ', '"version": -')):
        path = scratch / f"damaged-{name}.json"
        path.write_text(text.replace(old, new), "utf-8")
        if not list(refused(schema, {path: json.loads(path.read_text("utf-8"))})):
            yield f"schema: a damaged {name} was not seen"
        if name in ("status", "action", "justification") and "error" not in asked(govex, [(path, "", "")])[0]:
            yield f"go-vex: a damaged {name} was not seen"


def judge(whose, site, source, schema, govex, scratch):
    """Every verdict on one site."""
    known, found = records(site), documents(site)
    both = found | documents(site, "vex/packages/*.openvex.json")
    expected = {ident: Expected(source, source.advisories[ident], record) for ident, record in known.items()}
    library = Path(govex).name.rsplit("-", 1)
    verdict("jsonschema", version("jsonschema"), f"{whose}: {len(both)} OpenVEX documents against the schema of 0.2.0", refused(schema, both))
    verdict("(own reader)", "-", f"{whose}: statuses are those of record and TOML", list(unlike(found, expected)) + [
        f"no document of {ident}" for ident in known if f"{ident}.openvex.json" not in {path.name for path in found}])
    verdict("(own reader)", "-", f"{whose}: packages say what advisories say", packages_unlike(site, source, expected))
    verdict(*library, f"{whose}: the status of each version, under each name", misread(govex, found, expected, source))
    verdict("lib4vex", version("lib4vex"), f"{whose}: OpenVEX is read as written", unread(both, scratch))
    verdict("lib4vex", version("lib4vex"), f"{whose}: CSAF VEX is read as written", csaf_unread(site, scratch))
    return found


def main(caveat, clone, site, schema, govex, scratch):
    scratch = Path(scratch)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    where, made = csaf_feed.repository(scratch / "feed", "https://vex.example.org", "other"), scratch / "site"
    caveat_in(caveat, where, "build", "--out", made)
    judge("own", site, Source(clone), schema, govex, scratch)
    found = judge("400 random", made, Source(where, csaf_feed.places()), schema, govex, scratch)
    verdict("jsonschema and go-vex", "-", "damaged documents are refused", damaged(schema, govex, scratch, found))


if __name__ == "__main__":
    main(*sys.argv[1:])
