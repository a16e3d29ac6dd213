"""Owns: that every hostile text comes out of every channel as it went in, from every field; and that hidden signs are refused in all.

Usage: hostile_strings.py CAVEAT SCRATCH NPM
Where a channel reads Markdown, a text is written in it in two ways that mean the text itself: as code, and with every mark escaped.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import feedparser
from lxml import etree
from markdown_it import MarkdownIt

from hostile_feed import caveat_in
from hostile_repository import fields, refused, repository
from hostile_texts import LINKS, REFUSED, TEXTS
from html_reader import as_browsers_read, one_with_class, with_class
from mail import others
from message import body
from verdicts import verdict

CLIENT = "html5lib, lxml, feedparser, email, mailparser, markdown-it"


def flat(text):
    """Lines are broken where readers want them: blanks between words are one. Blanks of other kinds are not touched."""
    return " ".join(re.split(r"[ \n\t\r]+", text)).strip(" ")


def shown(element):
    """What a browser shows of an element."""
    return flat("".join(element.itertext())) if element is not None else ""


def without_ticks(title):
    """A title where pairs of backticks make code; two with nothing between are text."""
    return re.sub(r"`([^`]*)`", lambda found: found[1] or "``", title)


class Finds:
    """Collects what did not come out as it went in."""

    def __init__(self, name):
        self.name, self.wrong, self.said = name, [], fields(name)

    def same(self, where, read, field):
        """The very text."""
        self.is_text(where, read, self.said[field])

    def is_text(self, where, read, wanted):
        if flat(read) != flat(wanted):
            self.wrong.append(f"{self.name}: {where}: {read!r} instead of {wanted!r}")

    def within(self, where, read, field):
        """The text among others."""
        self.has_text(where, read, self.said[field])

    def has_text(self, where, read, wanted):
        if flat(wanted) not in flat(read):
            self.wrong.append(f"{self.name}: {where}: {wanted!r} is not in {flat(read)[:3000]!r}")


def each(gone=None):
    """Names of texts with the ids of their advisories: those that stand, those withdrawn, or both."""
    for number, name in enumerate(TEXTS, 1):
        for withdrawn in (False, True):
            if gone in (None, withdrawn):
                yield Finds(name), f"x_HOST-2026-{number + 1000 * withdrawn:04}", withdrawn


def osv(site):
    for finds, identity, gone in each():
        record = json.loads((site / f"osv/{identity}.json").read_text("utf-8"))
        finds.same("summary", record["summary"], "title")
        for field in ("impact", "code") + ("gone",) * gone:
            finds.within("details", record["details"], field)
        prose = "".join(as_browsers_read(MarkdownIt("commonmark").enable("table").render(record["details"])).itertext())
        for field in ("prose", "help", "if"):
            finds.within("details as Markdown", prose, field)
        finds.same("credits", record["credits"][0]["name"], "person")
        finds.same("revisions", record["database_specific"]["revisions"][1]["note"], "note")
        finds.same("severity_reason", record["database_specific"]["severity_reason"], "reason")
        finds.is_text("references", " ".join(one["url"] for one in record["references"][1:]), " ".join(LINKS))
        yield from finds.wrong


def pages(site):
    for finds, identity, gone in each():
        tree = as_browsers_read((site / f"advisories/{identity}/index.html").read_bytes())
        page = one_with_class(tree, "advisory", "article")
        finds.is_text("h1", shown(page.find(".//h1")), without_ticks(finds.said["title"]))
        head = {one.get("property") or one.get("name"): one.get("content") for one in tree.iter("meta")}
        finds.same("description of the head", head["description"], "impact")
        finds.same("og:description", head["og:description"], "impact")
        finds.has_text("title of the window", tree.find(".//title").text, without_ticks(finds.said["title"]))
        finds.has_text("og:title", head["og:title"], without_ticks(finds.said["title"]))
        finds.same("lead", shown(one_with_class(page, "lead")), "impact")
        sections = {one.get("aria-labelledby"): one for one in page.iter("section")}
        finds.is_text("code", sections["description"].find(".//pre/code").text.rstrip("\n"), finds.said["code"])
        finds.same("prose", shown(sections["description"].find("div/p")), "prose")
        finds.same("cell", shown(sections["description"].find(".//td")), "prose")
        finds.same("workarounds", shown(sections["workarounds"].find("div")), "help")
        finds.same("am I affected", shown(sections["affected"].find("div")), "if")
        finds.within("severity", shown(sections["severity"]), "reason")
        finds.same("credits", shown(sections["credits"].find(".//bdi")), "person")
        finds.within("revisions", shown(sections["revisions"]), "note")
        finds.same("package", shown(sections["versions"].find(".//bdi")), "package")
        links = [one for one in sections["references"].iter("a")][: len(LINKS)]
        finds.is_text("links", " ".join(one.get("href") for one in links), " ".join(LINKS))
        finds.is_text("words of links", " ".join(shown(one) for one in links), " ".join(LINKS))
        if gone:
            finds.within("banner", shown(one_with_class(page, "banner")), "gone")
        odd = {one.tag for one in tree.iter() if isinstance(one.tag, str)} & {"img", "iframe", "b", "em", "h4", "object", "form"}
        if odd or len(list(tree.iter("script"))) != 1:
            finds.wrong.append(f"{finds.name}: the page has {odd or 'more than one script'}")
        data = json.loads(tree.find(".//script").text)
        finds.same("headline of JSON-LD", data["headline"], "title")
        finds.same("description of JSON-LD", data["description"], "impact")
        finds.same("package of JSON-LD", data["about"][0]["name"], "package")
        yield from finds.wrong


def lists(site):
    found = {}
    for path in [*site.glob("*.html"), *site.glob("severity/**/*.html"), *site.glob("years/**/*.html"), *site.glob("bulletins/**/*.html"), *site.glob("withdrawn/*.html")]:
        for card in with_class(as_browsers_read(path.read_bytes()), "card", "li"):
            found.setdefault(shown(one_with_class(card, "ids").find("code")), []).append((path.relative_to(site), card))
    for finds, identity, gone in each():
        if len(found.get(identity, [])) < 3:
            finds.wrong.append(f"{finds.name}: {identity} is on {len(found.get(identity, []))} lists")
        for path, card in found.get(identity, []):
            finds.is_text(path, shown(card.find(".//h3")), without_ticks(finds.said["title"]))
            finds.within(path, shown(one_with_class(card, "impact")), "impact")
            finds.same(path, shown(card.find(".//bdi")), "package")
        yield from finds.wrong


def packages(site):
    for number, (finds, identity, _) in enumerate(each(False), 1):
        tree = as_browsers_read((site / f"packages/PyPI/pack-{number}/index.html").read_bytes())
        finds.same("heading", shown(tree.find(".//main//h1")), "package")
        for row in tree.iterfind(".//tbody"):
            finds.is_text("title", shown(row.find(".//th/a")), without_ticks(finds.said["title"]))
        for feed in ("atom", "json"):
            finds.within(f"feed.{feed}", feed_title(site / f"packages/PyPI/pack-{number}/feed.{feed}"), "package")
        release = site / f"releases/PyPI/pack-{number}/2.0.{number}"
        told = json.loads((release / "index.json").read_text("utf-8"))
        finds.same("JSON of a release", told["package"]["title"], "package")
        finds.same("JSON of a release", told["fixes"][0]["impact"], "impact")
        page = as_browsers_read((release / "index.html").read_bytes())
        finds.same("page of a release", shown(page.find(".//main//h1/bdi")), "package")
        yield from finds.wrong


def feed_title(path):
    """The title of a feed."""
    data = path.read_bytes()
    return etree.fromstring(data).find("{*}title").text if path.suffix == ".atom" else json.loads(data)["title"]


def content(finds, where, html):
    """The HTML of an entry."""
    body = as_browsers_read(html).find("body")
    finds.is_text(f"{where}: code", body.find(".//pre/code").text.rstrip("\n"), finds.said["code"])
    for field in ("impact", "prose", "note", "package", "person"):
        finds.within(where, shown(body), field)
    if odd := {one.tag for one in body.iter()} - {"body", "p", "strong", "ul", "li", "pre", "code", "table", "thead", "tbody", "tr", "th", "td"}:
        finds.wrong.append(f"{finds.name}: {where}: {odd}")


def feeds(site):
    atom = {one.findtext("{*}id").rpartition(":")[2]: one for one in etree.fromstring((site / "feed.atom").read_bytes()).iter("{*}entry")}
    parsed = {one.id.rpartition(":")[2]: one for one in feedparser.parse((site / "feed.atom").read_bytes(), sanitize_html=False).entries}
    items = {one["_advisory"]["id"]: one for one in json.loads((site / "feed.json").read_text("utf-8"))["items"]}
    for finds, identity, gone in each():
        before = "Withdrawn: " if gone else ""
        title = f"{before}{identity}: {finds.said['title']} (high)"
        finds.is_text("title of Atom", atom[identity].findtext("{*}title"), title)
        finds.is_text("title of Atom, feedparser", parsed[identity].title, title)
        finds.is_text("title of JSON Feed", items[identity]["title"], title)
        finds.same("summary of Atom", atom[identity].findtext("{*}summary"), "impact")
        finds.same("summary of Atom, feedparser", parsed[identity].summary, "impact")
        finds.same("summary of JSON Feed", items[identity]["summary"], "impact")
        label = next(one.get("label") for one in atom[identity].iter("{*}category") if one.get("term").startswith("PyPI"))
        finds.same("category of Atom", label, "package")
        content(finds, "content of Atom", atom[identity].findtext("{*}content"))
        content(finds, "content of Atom, feedparser", parsed[identity].content[0].value)
        content(finds, "content of JSON Feed", items[identity]["content_html"])
        yield from finds.wrong


def mails(site, npm):
    paths = sorted(site.glob("mail/x_*/*.eml"))
    read = {path: told for path, told in zip(paths, others(paths, npm), strict=True)}
    for finds, identity, gone in each():
        mine = [path for path in paths if path.parent.name == identity]
        if len(mine) != 2:
            finds.wrong.append(f"{identity}: {len(mine)} mails")
        for path in mine:
            subject, text = body(path.read_bytes())
            beside = path.with_suffix(".txt").read_bytes().decode("utf-8")
            for reader, (about, said) in {"email": (subject, text), "mailparser": (read[path]["subject"], read[path]["text"]), "text": (subject, beside)}.items():
                finds.has_text(f"subject, {reader}", about, without_ticks(finds.said["title"]))
                for field in ("title", "impact", "prose", "help", "if", "code", "person", "package") + (("gone",) if gone else ("note",)):
                    finds.within(f"{path.name}, {reader}", said, field)
                for link in LINKS:
                    if f"\n  {link}\n" not in said:
                        finds.wrong.append(f"{finds.name}: {reader}: {link} does not stand alone")
        yield from finds.wrong


def notes(site):
    for number, (finds, identity, _) in enumerate(each(False), 1):
        source = (site / f"notes/p{number}/2.0.{number}.md").read_text("utf-8")
        for flavour in ("commonmark", "gfm-like"):
            tree = as_browsers_read(MarkdownIt(flavour, {"linkify": False}).render(source))
            text = shown(tree.find("body"))
            finds.has_text(f"{flavour}: title", text, without_ticks(finds.said["title"]))
            for field in ("impact", "package", "person"):
                finds.within(flavour, text, field)
            if odd := {one.tag for one in tree.find("body").iter()} - {"body", "h3", "ul", "li", "strong", "a", "code", "p"}:
                finds.wrong.append(f"{finds.name}: {flavour}: {odd}")
        yield from finds.wrong


def others_pages(site):
    """Search, bulletins as text, thanks, reports."""
    rows = {row[0]: row for path in site.glob("search/documents/*.json") for row in json.loads(path.read_text("utf-8"))}
    texts = "\n".join(path.read_bytes().decode("utf-8") for path in site.glob("bulletins/*/bulletin.txt"))
    messages = "\n".join(body(path.read_bytes())[1] for path in site.glob("bulletins/*/*.eml"))
    thanks = [shown(one) for one in as_browsers_read((site / "thanks/index.html").read_bytes()).iter("bdi")]
    report = [shown(one) for one in as_browsers_read((site / "reports/2026/index.html").read_bytes()).iter("bdi")]
    markdown = shown(as_browsers_read(MarkdownIt("gfm-like", {"linkify": False}).render((site / "reports/2026/report.md").read_text("utf-8"))))
    for finds, identity, gone in each():
        finds.same("title of search", rows[identity][1], "title")
        finds.same("package of search", rows[identity][4][0][0], "package")
        for where, text in (("bulletin.txt", texts), ("bulletin.eml", messages)):
            finds.within(where, text, "title")
        if not gone:
            finds.has_text("thanks", "\n".join(one for one in thanks if one == flat(finds.said["person"])), finds.said["person"])
            finds.has_text("report", "\n".join(one for one in report if one == flat(finds.said["person"])), finds.said["person"])
            finds.has_text("report.md", markdown, finds.said["person"])
        yield from finds.wrong


def main():
    """Each heap of channels."""
    caveat, scratch, npm = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    where, site = scratch / "strings", scratch / "strings-site"
    shutil.rmtree(site, ignore_errors=True)
    repository(where)
    caveat_in(caveat, where, "build", "--out", site)
    heaps = {"osv": osv, "pages of advisories, JSON-LD": pages, "lists": lists, "packages and releases": packages, "Atom and JSON Feed": feeds,
             "notes": notes, "search, bulletins, thanks, reports": others_pages}
    for name, heap in heaps.items():
        verdict(CLIENT, "-", f"{len(TEXTS)} hostile texts survive: {name}", list(heap(site)))
    verdict(CLIENT, "-", f"{len(TEXTS)} hostile texts survive: mails, text and messages", list(mails(site, npm)))
    narrow = [str(Path(__file__).with_name("narrow.mjs")), site, npm, scratch / "shots"]
    wide = subprocess.run(["node", *narrow], capture_output=True, text=True)
    print(wide.stderr, file=sys.stderr)
    wrong = wide.stdout.splitlines() + ([f"status {wide.returncode}"] if wide.returncode else [])
    verdict("Chromium", "-", "no page with hostile texts scrolls sideways at 320 px, and search shows each title as it was written", wrong)
    verdict("caveat check", "-", f"{len(REFUSED)} hidden signs are refused in every field", list(refused(caveat, scratch / "refused")))


if __name__ == "__main__":
    main()
