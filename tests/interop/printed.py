"""Owns: the commands of the site's own page on verifying, run as they are printed, in a copy of the site.

Usage: printed.py SITE CAVEAT-BINARY
"""
import html.parser
import os
import pathlib
import subprocess
import sys

from verdicts import verdict


class Commands(html.parser.HTMLParser):
    """Text of every code block of a page."""

    def __init__(self):
        super().__init__()
        self.blocks, self.inside = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "pre":
            self.inside = True
            self.blocks.append("")

    def handle_endtag(self, tag):
        if tag == "pre":
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.blocks[-1] += data


def main(site, caveat):
    page = Commands()
    page.feed((pathlib.Path(site) / "keys/index.html").read_text(encoding="utf-8"))
    path = os.pathsep.join([str(pathlib.Path(caveat).resolve().parent), os.environ["PATH"]])
    for block in page.blocks:
        run = subprocess.run(["bash", "-ec", block], cwd=site, env={**os.environ, "PATH": path}, capture_output=True, text=True)
        sys.stderr.write(f"$ {block}\n{run.stdout}{run.stderr}")
        client = block.split()[0]
        problems = [f"exit {run.returncode}"] if run.returncode else []
        verdict(client, "-", f"as printed: {' '.join(block.split())[:60]}", problems)
    missing = [] if len(page.blocks) >= 4 else [f"{len(page.blocks)} found"]
    verdict("interop", "-", "the page prints its commands", missing)


main(*sys.argv[1:])
