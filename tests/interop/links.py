"""Owns: that no page of the site leads nowhere, and that every page can be reached from the first.

Usage: links.py SITE FEED_URL
Reads every HTML file as text. Addresses under FEED_URL count as links inside the site.
"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from verdicts import records, verdict

LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "use": "href", "form": "action"}
OUTSIDE = {"http", "https", "mailto", "data"}


class Page(HTMLParser):
    """The links, ids, language and headings of one page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.names, self.headings, self.language = [], [], 0, None
        self.leads_on = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Collect what a reader can follow or arrive at."""
        attributes = dict(attrs)
        if tag in LINKS and attributes.get(LINKS[tag]) is not None:
            self.links.append((tag, attributes[LINKS[tag]]))
        if tag == "meta" and attributes.get("http-equiv") == "refresh":
            self.leads_on = True
            self.links.append((tag, attributes["content"].partition("url=")[2]))
        if attributes.get("id"):
            self.names.append(attributes["id"])
        self.headings += tag == "h1"
        if tag == "html":
            self.language = attributes.get("lang")


def address(path):
    """The address below the feed's URL under which a static host serves a file."""
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path


def follow(site, url, page, target):
    """The file inside the site that a link leads to, its fragment, and what is wrong with it."""
    joined = urlsplit(urljoin(f"{url}/{address(page)}", target))
    base = urlsplit(url)
    if joined.scheme not in OUTSIDE:
        return None, "", f"{page}: {target} has the scheme {joined.scheme!r}"
    inside = joined.netloc == base.netloc and (joined.path + "/").startswith(base.path.rstrip("/") + "/")
    if joined.scheme == "http" and joined.netloc == base.netloc:
        return None, "", f"{page}: {target} leaves https"
    if joined.scheme != base.scheme or not inside:
        return None, "", None
    path = unquote(joined.path[len(base.path.rstrip("/")) :]).lstrip("/")
    if path == "" or path.endswith("/"):
        path += "index.html"
    if not Path(site, path).is_file():
        return None, "", f"{page}: {target} leads to {path}, which is not there"
    return path, joined.fragment, None


def absent(site, pages):
    """Every record has its page, and every package that a record names."""
    for identity, record in records(site).items():
        wanted = {f"advisories/{identity}/index.html"}
        for entry in record["affected"]:
            if "package" in entry:
                wanted.add(f"packages/{entry['package']['ecosystem']}/{entry['package']['name']}/index.html")
        yield from (f"{identity}: no {page}" for page in sorted(wanted - pages.keys()))


def main():
    """Parse all pages, follow all links, then walk from the first page."""
    site, url = sys.argv[1:]
    files = sorted(path.relative_to(site).as_posix() for path in Path(site).rglob("*.html"))
    pages = {name: Page(Path(site, name).read_text("utf-8")) for name in files}
    broken, fragments, onward = [], [], {name: set() for name in pages}
    for name, page in pages.items():
        for tag, target in page.links:
            path, fragment, problem = follow(site, url, name, target)
            broken += [problem] if problem else []
            onward[name] |= {path} if path in pages and tag == "a" else set()
            if fragment and path in pages and unquote(fragment) not in pages[path].names:
                fragments.append(f"{name}: {target}: no such id")
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += onward[name]
    linked = {name for name, page in pages.items() if not page.leads_on}
    verdict("links", "-", f"every link inside the site leads to a file ({len(pages)} pages)", broken)
    verdict("links", "-", "every #fragment names an id of its page", fragments)
    verdict("links", "-", "every record and every package has its page", absent(site, pages))
    verdict("links", "-", "every page can be reached from the first", sorted(linked - reached - {"404.html"}))
    verdict("links", "-", "no page sends readers to one that leads on", sorted(reached - linked))
    twice = [name for name, page in pages.items() if len(set(page.names)) != len(page.names)]
    verdict("links", "-", "no page has an id twice", twice)
    odd = [name for name, page in pages.items() if page.headings != 1 or not page.language]
    verdict("links", "-", "one h1 and a language on every page", odd)


main()
