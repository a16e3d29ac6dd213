"""Owns: by what programs find their way: feeds of each part, links to them, the sitemap, JSON-LD, twins in plain text.

Usage: discover.py NPM_FOLDER CHECK_JSONSCHEMA SCHEMA_OF_JSON_FEED SITE FEED_URL
"""

import json
import re
import subprocess
import sys
from html import unescape
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin

import feedparser
from rdflib import RDF, SDO, Graph

from verdicts import records, verdict

# schema.org's own context is on its server; a vocabulary of the same names is what it amounts to for us.
CONTEXT = {"@vocab": str(SDO), "url": {"@type": "@id"}}
WANTED = ("headline", "identifier", "datePublished", "dateModified", "creativeWorkStatus", "about", "url")


def pages(site):
    """Every page that stays, by its path from the root, as text."""
    files = sorted(path for path in Path(site).rglob("*.html") if path.name != "404.html")
    texts = {path.relative_to(site).as_posix().removesuffix("index.html"): path.read_text("utf-8") for path in files}
    return {path: text for path, text in texts.items() if 'http-equiv="refresh"' not in text}


def alternates(text):
    """What the head of a page says to be another form of something: (type, address)."""
    links = re.findall(r'<link rel="alternate" type="([^"]*)"[^>]* href="([^"]*)"', text)
    return [(kind, unescape(href)) for kind, href in links]


def advertised(site):
    """Every page leads feed readers and people to the feeds; parts with feeds lead to theirs."""
    for path, text in pages(site).items():
        offered = alternates(text)
        for kind, ending in (("application/atom+xml", "feed.atom"), ("application/feed+json", "feed.json")):
            if not any(one == kind and href.endswith(ending) for one, href in offered):
                yield f"/{path}: no {ending} in its head"
        for _, href in offered:
            if not Path(site, urljoin(f"/{path}", href).lstrip("/")).is_file():
                yield f"/{path}: {href} is not there"
        if not any(unescape(href).endswith("feed.atom") for href in re.findall(r'<a [^>]*href="([^"]*)"', text)):
            yield f"/{path}: no link to a feed that people see"


def parts(site):
    """Each severity and package has feeds with its own advisories."""
    wanted = {}
    for identity, record in records(site).items():
        wanted.setdefault(f"severity/{record['database_specific']['severity']}", set()).add(identity)
        for entry in record["affected"]:
            if "package" in entry:
                package = entry["package"]
                wanted.setdefault(f"packages/{package['ecosystem'].replace(':', '/')}/{package['name']}", set()).add(identity)
    for where, identities in wanted.items():
        file = Path(site, where, "feed.json")
        if not file.is_file():
            yield f"{where}: no feed"
            continue
        told = {item["_advisory"]["id"] for item in json.loads(file.read_text("utf-8"))["items"]}
        if told - identities or (len(identities) <= 50 and told != identities):
            yield f"{where}: {sorted(told ^ identities)[:3]} in only one of feed and records"


def twins(site):
    """Atom and JSON say the same, in the same order; ids are the same wherever an advisory stands."""
    known = {}
    for file in sorted(Path(site).rglob("feed.atom")):
        atom = feedparser.parse(file.read_bytes())
        where = file.parent.relative_to(site).as_posix()
        if atom.bozo or atom.version != "atom10":
            yield f"{where}: feedparser says {atom.get('bozo_exception', atom.version)}"
        items = json.loads(file.with_suffix(".json").read_text("utf-8"))["items"]
        if [(entry.id, entry.title, entry.link) for entry in atom.entries] != [(item["id"], item["title"], item["url"]) for item in items]:
            yield f"{where}: Atom and JSON differ"
        for item in items:
            if known.setdefault(item["_advisory"]["id"], item["id"]) != item["id"]:
                yield f"{where}: {item['url']} has another id elsewhere"


def changes(site):
    """What was withdrawn or revised is told again, under its old id, with a newer time."""
    items = {item["_advisory"]["id"]: item for item in json.loads(Path(site, "feed.json").read_text("utf-8"))["items"]}
    for identity, record in records(site).items():
        item = items.get(identity)
        if item is None:
            continue
        revisions = [one for one in record["database_specific"].get("revisions", [])[1:] if not one.get("editorial")]
        if record.get("withdrawn") and not item["title"].startswith("Withdrawn: "):
            yield f"{identity}: withdrawn, and its entry does not say so"
        if (record.get("withdrawn") or revisions) and item["date_modified"] <= item["date_published"]:
            yield f"{identity}: changed, and its entry is as old as before"
        if revisions and "Last change:" not in item["content_html"]:
            yield f"{identity}: its entry does not say what changed"


def sitemap(site, url):
    """It lists every page that stays, each once, and nothing else."""
    texts = [path.read_text("utf-8") for path in Path(site).glob("sitemap*.xml")]
    listed = [unescape(where) for text in texts for where in re.findall(r"<loc>([^<]*)</loc>", text) if not where.endswith(".xml")]
    if len(set(listed)) != len(listed):
        yield "an address twice"
    here = {f"{url}/{path}" for path in pages(site)}
    yield from (f"{one} in only one of sitemap and site" for one in sorted(here ^ set(listed)))


def linked_data(site, url):
    """Each advisory as rdflib reads it: one TechArticle, names of schema.org alone, the facts of the record."""
    for identity, record in records(site).items():
        page = Path(site, "advisories", identity, "index.html").read_text("utf-8")
        found = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
        if found.get("@context") not in ("https://schema.org", "https://schema.org/"):
            yield f"{identity}: the context is {found.get('@context')}"
        graph = Graph().parse(data=json.dumps(found | {"@context": CONTEXT}), format="json-ld")
        articles = list(graph.subjects(RDF.type, SDO.TechArticle))
        if len(articles) != 1:
            yield f"{identity}: {len(articles)} articles"
            continue
        names = {term for triple in graph for term in triple[1:] if str(term).startswith(str(SDO))}
        yield from (f"{identity}: schema.org has no {name}" for name in names if name not in SDO)
        said = {name: {str(value) for value in graph.objects(articles[0], SDO[name])} for name in WANTED}
        yield from (f"{identity}: no {name}" for name, values in said.items() if not values)
        if {identity, *record.get("aliases", [])} - said["identifier"]:
            yield f"{identity}: identifiers are {said['identifier']}"
        if not any(value.startswith(record["published"][:10]) for value in said["datePublished"]):
            yield f"{identity}: published {said['datePublished']}"
        if said["url"] != {f"{url}/advisories/{identity}/"}:
            yield f"{identity}: its address is {said['url']}"


def plain(site):
    """Each advisory, package and release has its text beside it, linked, without markup, with the facts."""
    for path, text in pages(site).items():
        wants = path.startswith(("advisories/", "packages/", "releases/")) and not re.search(r"^packages/(by/.*)?$|/matrix/|/page/\d+/", path)
        if not wants:
            continue
        file = Path(site, path, "index.txt")
        if ("text/plain", True) not in [(kind, urljoin(f"/{path}", href) == f"/{path}index.txt") for kind, href in alternates(text)]:
            yield f"/{path}: no link to its text"
        if not file.is_file():
            yield f"/{path}: no text"
        elif re.search(r"</?(p|a|code|td|strong)\b|&(amp|lt|gt|quot|#)", file.read_text("utf-8")):
            yield f"/{path}: markup in its text"
    for identity, record in records(site).items():
        text = Path(site, "advisories", identity, "index.txt").read_text("utf-8")
        events = [event for entry in record["affected"] if "package" in entry for one in entry.get("ranges", []) if one["type"] != "GIT" for event in one["events"]]
        facts = [identity, *record.get("aliases", []), *(event["fixed"] for event in events if "fixed" in event)]
        yield from (f"{identity}: its text has no {fact}" for fact in facts if fact not in text)
    if "index.txt" not in Path(site, "llms.txt").read_text("utf-8"):
        yield "llms.txt names no texts"


def main():
    """Ask each reader."""
    npm, checker, schema, site, url = sys.argv[1:]
    verdict("feedparser", feedparser.__version__, f"every feed of {url} is whole, Atom as JSON, with the same ids", twins(site))
    feeds = sorted(map(str, Path(site).rglob("feed.json")))
    said = subprocess.run([checker, "--schemafile", schema, *feeds], capture_output=True, text=True)
    verdict("check-jsonschema", version("check-jsonschema"), f"{len(feeds)} feeds are JSON Feed 1.1", said.stdout.splitlines()[:3] if said.returncode else [])
    verdict("discover", "-", "each severity and package has its feed", parts(site))
    verdict("discover", "-", "updates and withdrawals are entries", changes(site))
    verdict("discover", "-", "every page leads to the feeds, in its head and for people", advertised(site))
    xsd = Path(npm, "node_modules/sitemap/schema/sitemap.xsd")
    maps = [str(path) for path in Path(site).glob("sitemap*.xml")]
    lint = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", str(xsd), *maps], capture_output=True, text=True)
    verdict("xmllint", "-", "the sitemap is as its XSD has it", lint.stderr.splitlines()[:3] if lint.returncode else [])
    verdict("discover", "-", "the sitemap has every page and nothing else", sitemap(site, url))
    verdict("rdflib", version("rdflib"), "JSON-LD of every advisory: names of schema.org, facts of the record", linked_data(site, url))
    verdict("discover", "-", "advisories, packages and releases have their plain text", plain(site))


main()
