"""Owns: asking AppThreat's vdb (the database of dep-scan) about the made-up feed, fetched by its own reader over http on loopback.

Usage: vdb_search.py CAVEAT FIXTURE WORK
It calls a record by its CVE id where there is one, and loses the start of a range where start and fix are pre-releases of one
version, or a pre-release and its release: no record can keep it from that, so such ranges are no test of it.
"""

import functools
import os
import shutil
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version as installed
from pathlib import Path

from affected import Caveat
from fixture import Fixture, locked
from verdicts import verdict
from versions import version_ranges

# What it calls the databases of these ecosystems: nothing is too old for them.
FEEDS = {"PyPI": "python", "npm": "javascript", "crates.io": "rust", "Go": "go", "Maven": "java", "RubyGems": "ruby", "NuGet": "csharp",
         "Packagist": "packagist", "Hex": "hex"}
CLIENT = "vdb"


class Quiet(SimpleHTTPRequestHandler):
    """A host of files that says nothing of what it is asked."""

    def log_message(self, *_):
        pass


def filled(site, feeds):
    """The database, filled by the client from osv/ECOSYSTEM/all.zip; its function for asking."""
    from vdb.lib import config, db, search
    from vdb.lib.osv import OSVSource

    host = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    config.OSV_URL_DICT = {feed: f"http://127.0.0.1:{host.server_port}/osv/{name}/all.zip" for name, feed in feeds.items()}
    db.get()
    db.clear_all()
    OSVSource().download_all()
    host.shutdown()
    return search.search_by_purl_like


def core(version):
    """A version without what makes it a pre-release."""
    for mark in ("-", "rc", "a", "b"):
        version = version.partition(mark)[0]
    return version.rstrip(".")


def blurred(entry):
    """Whether it reads a range of this package in its own way."""
    for found in version_ranges(entry):
        bounds = [bound for event in found["events"] for bound in event.values()]
        if any(low != "0" and core(low) == core(high) and low != high for low, high in zip(bounds[::2], bounds[1::2])):
            return True
    return False


def main():
    """Every version of every package by its purl."""
    caveat, made, work = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    os.environ["VDB_HOME"] = str(work)
    fixture = Fixture(made)
    find = filled(fixture.site, FEEDS)
    entries = [(key, entry) for key, record in fixture.records.items() for entry in record["affected"] if entry["package"]["ecosystem"] in FEEDS]
    place = lambda entry: (entry["package"]["ecosystem"], entry["package"]["name"])
    purls = {place(entry): entry["package"]["purl"] for _, entry in entries}
    odd = {place(entry) for _, entry in entries if blurred(entry)}
    questions = [question for question in fixture.questions(*locked()) if question[:2] in purls]
    answers = {question: {fixture.names.get(one["cve_id"], one["cve_id"]) for one in find(f"{purls[question[:2]]}@{question[2]}")} for question in questions}
    named = {fixture.names.get(one["cve_id"], one["cve_id"]) for purl in purls.values() for one in find(purl)}
    lost = sorted({key for key, _ in entries if key in fixture.alive} - named)
    verdict(CLIENT, installed("appthreat-vulnerability-db"), "has every live record", lost)
    fixture.judge(CLIENT, installed("appthreat-vulnerability-db"), questions, answers, Caveat(caveat, fixture.repository),
                  lambda ecosystem, name, _: (ecosystem, name) in odd)


if __name__ == "__main__":
    main()
