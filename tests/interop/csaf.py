"""Owns: what strangers say of CSAF: a validator of every document, a checker of the whole provider over https.

Usage: csaf.py CAVEAT SITE NPM CHECKER SCRATCH
Besides the site, a feed of several hundred random advisories is judged; each document is also held against its OSV record.
"""

import json
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from csaf_feed import repository
from csaf_reader import leaves, names, scores, stretch
from csaf_server import serving
from hostile_feed import caveat_in
from verdicts import records, verdict

# What the checker asks for and we leave to others, by the number of the requirement: 12, 13 and 14 are another way to distribute
# than the feed; it looks for 16 and 17 in other places than the metadata name.
EXCUSED = {
    10: r"csaf\.data\.security",
    12: r"index\.txt",
    13: r"changes\.csv",
    16: r"service\.json",
    17: r"category-white\.json",
}
# The same of a provider that signs nothing: it is a provider all the same, but not a trusted one.
UNSIGNED = {
    3: r"^$|non-HTTPS URLs were used:$",
    15: r"^No signature listed on ROLIE feed",
    19: r'^Fetching  failed: Get ""',
    20: r"^No public OpenPGP keys",
}


def documents(site):
    """Every document by the id that it says it has."""
    paths = sorted(Path(site, "csaf/white").glob("*/*.json"))
    return {(read := json.loads(path.read_text("utf-8")))["document"]["tracking"]["id"]: (path, read) for path in paths}


def advisories(site):
    """The documents of advisories."""
    return {ident: one for ident, one in documents(site).items() if one[1]["document"]["category"] != "csaf_vex"}


def validated(paths, npm):
    """What the validator says of each document: path, number of tests, errors, warnings."""
    command = ["node", str(Path(__file__).with_name("csaf.mjs")), npm]
    listed = "".join(f"{path}\n" for path in paths)
    said = subprocess.run(command, input=listed, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in said.stdout.splitlines()]


def lacks(read, known):
    """The optional tests that must speak of this document, since its records have nothing that would content them."""
    if read["document"]["category"] == "csaf_vex":
        quiet = set().union(*(unscored(flaw, known[flaw["ids"][0]["text"]]) for flaw in read["vulnerabilities"]))
        # A package of Julia has no package URL, and what is said of all versions in one release of Debian has none.
        return quiet | ({"optionalTest_6_2_16"} if re.search(r'"vers:(generic/|deb/\*)', json.dumps(read)) else set())
    return lacking(read, known[read["document"]["tracking"]["id"]])


def unscored(flaw, record):
    """The same of one flaw of the document of a package."""
    cvss = any(one["type"] != "CVSS_V4" for one in record.get("severity", []))
    return {"optionalTest_6_2_3"} if "known_affected" in flaw["product_status"] and not cvss else set()


def lacking(read, record):
    """The same of the document of an advisory."""
    cvss = any(one["type"] != "CVSS_V4" for one in record.get("severity", []))
    purls = all("purl" in one["package"] for one in record["affected"] if "package" in one) and '"vers:deb/*"' not in json.dumps(read)
    stands = "vulnerabilities" in read
    return {name for name, there in (("optionalTest_6_2_3", cvss), ("optionalTest_6_2_16", purls)) if stands and not there}


def judged(site, npm):
    """Faults of any document of a site by the validator."""
    found, known = documents(site), records(site)
    if advisories(site).keys() != known.keys():
        yield f"documents and records differ: {sorted(advisories(site).keys() ^ known.keys())[:3]}"
    by_path = {str(path): ident for ident, (path, _) in found.items()}
    for said in validated(by_path, npm):
        ident = by_path[said["path"]]
        yield from (f"{ident}: {error}" for error in said["errors"])
        if said["tests"] < 60:
            yield f"{ident}: only {said['tests']} tests"
        spoke = {one.split(":")[0] for one in said["warnings"]}
        for name in sorted(spoke ^ lacks(found[ident][1], known)):
            yield f"{ident}: {name}: " + next((one for one in said["warnings"] if one.startswith(name)), "should have spoken")


def bounds(branch):
    """Package URL, start, kind of end and end of a stretch of versions."""
    purl = branch["product"].get("product_identification_helper", {}).get("purl", "").split("?")[0].split("@")[0]
    return purl, *stretch(branch)


def told_by(read):
    """The facts of a document, as somebody reads them who has never seen the record."""
    products = {ident: branch for ident, _, branch in leaves(read["product_tree"]["branches"])}
    flaw = read["vulnerabilities"][0]
    status = flaw["product_status"]
    return {
        "affected": {bounds(products[one]) for one in status["known_affected"]},
        "fixed": {products[one]["name"] for one in status.get("first_fixed", [])},
        "aliases": names(read),
        "scores": set(scores(flaw)),
        "credits": sorted(name for one in flaw.get("acknowledgments", []) for name in one["names"]),
        "published": read["document"]["tracking"]["initial_release_date"],
        "modified": read["document"]["tracking"]["current_release_date"],
        "revisions": [one["date"] for one in read["document"]["tracking"]["revision_history"]],
    }


def recorded(record):
    """The same facts of an OSV record."""
    stretches = set()
    for one in record["affected"]:
        for events in (events["events"] for events in one["ranges"] if "package" in one):
            pairs = [next(iter(event.items())) for event in events] + [("", "")]
            for (kind, start), end in zip(pairs, pairs[1:]):
                if kind == "introduced":
                    stop = end if end[0] != "introduced" else ("", "")
                    # The package URL of one release of a distribution is that of all: it may not speak of every version.
                    wide = ":" in one["package"]["ecosystem"] and (start, *stop) == ("0", "", "")
                    stretches.add(("" if wide else one["package"].get("purl", ""), start, *stop))
    revisions = record["database_specific"].get("revisions", [{"at": record["published"]}])
    return {
        "affected": stretches,
        "fixed": {end for _, _, kind, end in stretches if kind == "fixed"},
        "aliases": set(record.get("aliases", [])),
        "scores": {one["score"] for one in record.get("severity", [])},
        "credits": sorted(one["name"] for one in record.get("credits", [])),
        "published": record["published"],
        "modified": record["modified"],
        "revisions": [one["at"] for one in revisions],
    }


def disagreements(site):
    """Facts that a document and its record tell differently. What is withdrawn tells none."""
    known = records(site)
    for ident, (_, read) in advisories(site).items():
        if "withdrawn" in known[ident]:
            if read["document"]["category"] != "csaf_base" or "vulnerabilities" in read or "product_tree" in read:
                yield f"{ident}: withdrawn, and products are told to have a flaw"
            continue
        ours, theirs = told_by(read), recorded(known[ident])
        yield from (f"{ident}: {key}: {ours[key]} is not {theirs[key]}" for key in ours if ours[key] != theirs[key])


def unlike(site):
    """Whatever the documents of packages tell otherwise than the records, and flaws that are in none or in two."""
    known, told = records(site), set()
    for ident, (_, read) in documents(site).items():
        if read["document"]["category"] != "csaf_vex":
            continue
        products = {one: branch for one, _, branch in leaves(read["product_tree"]["branches"])}
        for flaw in read["vulnerabilities"]:
            yield from (f"{ident}: {flaw['title']}: {fault}" for fault in faults(flaw, products, known[flaw["ids"][0]["text"]]))
            # Another CVE id of the same flaw is another vulnerability.
            told.add((flaw["ids"][0]["text"], flaw.get("cve"), ident.rsplit("-", 1)[0]))
    if not told:
        yield "no document of a package"


def faults(flaw, products, record):
    """What one flaw of the document of a package gets wrong."""
    status = flaw["product_status"]
    purls = {bounds(products[one])[0] for ids in status.values() for one in ids}
    if len(purls) != 1:
        yield f"packages {purls}"
    texts = {one: told["details"] for told in flaw.get("threats", []) for one in told["product_ids"]}
    if "withdrawn" in record:
        yield from withdrawn(flaw, products, record)
        return
    ours = {one for one in recorded(record)["affected"] if one[0] in purls}
    theirs = {bounds(products[one]) for one in status.get("known_affected", [])}
    if ours != theirs:
        yield f"{theirs} is not {ours}"
    remedied = {one for told in flaw.get("remediations", []) for one in told["product_ids"]}
    yield from (f"{one}: no remedy" for one in status.get("known_affected", []) if one not in remedied)
    yield from (f"{one}: no reason" for one in status.get("known_not_affected", []) if one not in texts)


def withdrawn(flaw, products, record):
    """Nobody is affected any more; names of the flaw that others know are there only where there is none."""
    every = [products[one]["name"].split("/")[1] for one in flaw["product_status"].get("known_not_affected", [])]
    if list(flaw["product_status"]) != ["known_not_affected"] or every != ["*"]:
        yield f"withdrawn, and {flaw['product_status']}"
    names = {one["text"] for one in flaw["ids"][1:]} | ({flaw["cve"]} if "cve" in flaw else set())
    told, aliases = record["database_specific"], set(record.get("aliases", []))
    none = told["withdrawn_reason"] in ("not-a-vulnerability", "wrong-package") and "withdrawn_replaced_by" not in told
    if names - aliases or bool(names) != (none and bool(aliases)):
        yield f"withdrawn as {told['withdrawn_reason']}, and named {names}"


def damaged(site, npm, scratch):
    """Damages that the validator must see: otherwise its silence says nothing."""
    text = json.dumps(next(read for _, read in advisories(site).values() if "cvss_v3" in str(read)))
    score = re.search(r'"baseScore": [0-9.]+', text)[0]
    last = re.search(r'"status": "final", "version": "[0-9]+"', text)[0]
    every = [json.dumps(read) for ident, (_, read) in documents(site).items() if "-vex-" in ident]
    reason, remedy = (next(one for one in every if word in one) for word in ('"flags"', '"vendor_fix"'))
    asked = {}
    for name, text, old, new in (
        ("score", text, score, '"baseScore": 0.7'), ("version", text, last, '"status": "final", "version": "77"'), ("status", text, '"final"', '"done"'),
        ("key", text, '"csaf_version"', '"x_key": 1, "csaf_version"'), ("category", text, '"csaf_security_advisory"', '"csaf_vex"'),
        ("reason", reason, '"category": "impact"', '"category": "target_set"'), ("remedy", remedy, r'"remediations": \[.*?\], ("scores"|"threats"|"title")', r"\1"),
    ):
        path = scratch / f"damaged-{name}.json"
        path.write_text(re.sub(old if name == "remedy" else re.escape(old), new, text), "utf-8")
        asked[str(path)] = name
    for said in validated(asked, npm):
        if not said["errors"]:
            yield f"a damaged {asked[said['path']]} was not seen"


def checked(checker, site, port, scratch, role, excuses):
    """What the checker says of a provider of this role, but for what is excused."""
    report = scratch / "checker.json"
    with serving(site, port, scratch):
        command = [checker, "--insecure", f"--output={report}", f"127.0.0.1:{port}"]
        subprocess.run(command, check=True, stdout=sys.stderr, cwd=scratch)
    (domain,) = json.loads(report.read_text("utf-8"))["domains"]
    asked = {one["num"]: one.get("messages", []) for one in domain["requirements"]}
    if len(asked) < 20 or domain.get("role") != role:
        yield f"it looked at {len(asked)} requirements of a {domain.get('role')}"
    for number, messages in asked.items():
        for one in messages:
            excused = re.search(excuses.get(number, r"(?!)"), one["text"])
            # 0 is a good word, 1 a remark, 2 a fault.
            if not excused and (one["type"] == 2 or one["type"] == 1 and number != 1):
                yield f"requirement {number}: {one['text']}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(caveat, site, npm, checker, scratch):
    scratch = Path(scratch)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    port = free_port()
    made = scratch / "site"
    caveat_in(caveat, repository(scratch / "feed", f"https://127.0.0.1:{port}", "other"), "build", "--out", made)
    library = json.loads(Path(npm, "node_modules/@secvisogram/csaf-validator-lib/package.json").read_text("utf-8"))
    validator = ("csaf-validator-lib", library["version"])
    for whose, tree in (("our own", site), ("400 random", made)):
        verdict(*validator, f"{whose} documents: strict schema, mandatory and optional tests", judged(tree, npm))
        verdict("(own reader)", "-", f"{whose} documents say what the OSV records say", disagreements(tree))
        verdict("(own reader)", "-", f"{whose} packages: VEX says what the OSV records say", unlike(tree))
    verdict(*validator, "damaged documents are refused", damaged(made, npm, scratch))
    # Built by `go install` it does not know its own version; its name has it.
    verdict(*Path(checker).name.rsplit("-", 1), "a provider over https, without signatures", checked(checker, made, port, scratch, "csaf_provider", EXCUSED | UNSIGNED))


if __name__ == "__main__":
    main(*sys.argv[1:])
