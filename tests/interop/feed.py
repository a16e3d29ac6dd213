"""Owns: reading feed.atom as a feed reader does (feedparser) and as an XML parser does (xmllint).

Usage: feed.py SITE FEED_URL
"""

import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import feedparser

from verdicts import records, verdict

# A feed may leave out its oldest entries beyond this number.
LONGEST = 200


def parsed(site, url):
    """What feedparser makes of the feed: no complaint, one entry for each record, each entry whole."""
    feed = feedparser.parse(Path(site, "feed.atom").read_bytes())
    if feed.bozo:
        yield f"not well formed: {feed.bozo_exception}"
    if feed.version != "atom10":
        yield f"read as {feed.version!r}, not Atom"
    for field in ("id", "title", "updated"):
        if not feed.feed.get(field):
            yield f"the feed has no {field}"
    if not any(link.rel == "self" and link.href == f"{url}/feed.atom" for link in feed.feed.get("links", [])):
        yield "no link rel=self with the address of the feed"
    identities = [entry.get("id") for entry in feed.entries]
    if len(set(identities)) != len(identities):
        yield "two entries have the same id"
    for entry in feed.entries:
        yield from entry_problems(entry, url)
    updated = [entry.get("updated_parsed") for entry in feed.entries]
    if None not in updated and updated != sorted(updated, reverse=True):
        yield "entries are not newest first"


def entry_problems(entry, url):
    """Needed fields, times that parse, absolute links, a page on this site."""
    name = entry.get("id", "an entry without id")
    for field in ("id", "title", "updated", "link"):
        if not entry.get(field):
            yield f"{name}: no {field}"
    for field in ("updated", "published"):
        if field in entry and not entry.get(f"{field}_parsed"):
            yield f"{name}: {field} {entry[field]} is no time"
    for link in entry.get("links", []):
        if not urlsplit(link.href).scheme or not urlsplit(link.href).netloc:
            yield f"{name}: link {link.href} is not absolute"
    if entry.get("link") and not entry.link.startswith(f"{url}/"):
        yield f"{name}: its page {entry.link} is not on {url}"
    if not entry.get("summary") and not entry.get("content"):
        yield f"{name}: neither summary nor content"


def agreement(site, url):
    """The entries are the records, the newest of them where there are many, and say the same time."""
    feed = feedparser.parse(Path(site, "feed.atom").read_bytes())
    entries = {entry.get("link", "").removeprefix(f"{url}/advisories/").rstrip("/"): entry for entry in feed.entries}
    found = records(site)
    newest = sorted(found, key=lambda identity: found[identity]["modified"], reverse=True)[:LONGEST]
    for identity in sorted(set(newest) ^ entries.keys()):
        yield f"{identity}: in only one of feed and records"
    for identity in sorted(set(newest) & entries.keys()):
        told = news(found[identity])
        if (entries[identity].get("updated_parsed") or ())[:6] != datetime.fromisoformat(told).utctimetuple()[:6]:
            yield f"{identity}: updated {entries[identity].get('updated')}, readers were told at {told}"


def news(record):
    """When readers were last told of something: an editorial revision is no news (RFC 4287, section 4.2.15)."""
    revisions = record.get("database_specific", {}).get("revisions", [])
    told = [one["at"] for nth, one in enumerate(revisions) if nth == 0 or not one.get("editorial")]
    return told[-1] if told else record["modified"]


def main():
    """Ask both readers."""
    site, url = sys.argv[1:]
    version = feedparser.__version__
    verdict("feedparser", version, "feed.atom is whole and newest first", parsed(site, url))
    verdict("feedparser", version, "one entry for each record, updated by its last revision that is not editorial", agreement(site, url))
    lint = subprocess.run(["xmllint", "--noout", str(Path(site, "feed.atom"))], capture_output=True, text=True)
    about = subprocess.run(["xmllint", "--version"], capture_output=True, text=True).stderr
    number = re.search(r"version (\d+)", about)
    verdict("xmllint", number[1] if number else "?", "feed.atom is well formed", lint.stderr.splitlines()[:1])


main()
