"""Owns: that programs which read release notes read every word of a made-up feed whose texts try to break them.

Nothing of an advisory may become a heading, an entry, a macro or markup, close a bug, or get lost.
"""

import re
import subprocess
from importlib.metadata import version

from markdown_it import MarkdownIt

from hostile_feed import PROJECT, RULES, literal
from verdicts import verdict

TEXTS = [
    "a <b>bold</b> & <script>alert(1)</script> ]]> --> c", "a <!-- /caveat notes --> b <!-- caveat notes p 2.0.1 -->", "lone ` and `code` | x | y",
    "- item", "1. one", "# heading", "## [9.9.9] - 2026-01-01", "### Added", "=== and ---", "* Fri Nov 20 2026 A <a@b.org> - 1-1",
    " -- A Packager <a@example.org>  Fri, 20 Nov 2026 00:00:00 +0000", "100 % of %{macro} %(id) %if %", "ends in a backslash \\",
    "Closes: #1234, LP: #12, closes:bug 5", "see @everyone and #1", "_under_ *star* ~~gone~~ $x$ [link](https://evil.example.org) ![x](y)",
    "🦀 é ñ 日本語の説明文を שלום עולם", "w" * 300, "日本語" * 100, "&lt;b&gt; &amp; &#35;", "http://a.example.org/?x=1&y=2", "%%changelog {{ x }} %s",
]
ADVISORY = """id = "x_HOST-2026-{number:04}"
title = {title}
severity = "high"
impact = {impact}
description = "The loader trusts the length that a file states, and writes past its buffer."
[[affected]]
package = "p"
versions = [">= 1.0.0, < 2.0.1"]
[[reference]]
type = "fix"
url = "https://example.org/fix/{number}"
[[credit]]
name = "Zoë <b> & 🦀"
role = "finder"
consent = ["release-notes"]
agreed = 2026-05-01
[[revision]]
at = 2026-06-01T10:00:00Z
note = "First published."
"""
SPEC = """Name: p
Version: 2.0.1
Release: 1
Summary: s
License: MIT
%description
d
%changelog
* Fri Nov 20 2026 A Packager <a@example.org> - 2.0.1-1
{lines}
* Thu Jan 01 2026 A Packager <a@example.org> - 2.0.0-1
- The first.
"""


def repository(where):
    """One advisory for each text, in its title and its impact, all fixed by one release."""
    (where / "advisories/2026").mkdir(parents=True)
    rules = "".join(f'[[rule]]\ncode = "{code}"\nlevel = "off"\n' for code in RULES)
    (where / "caveat.toml").write_text(PROJECT + rules, "utf-8")
    for number, text in enumerate(TEXTS, 1):
        title = literal(f"Flaw {number}: {text}"[:90])
        advisory = ADVISORY.format(number=number, title=title, impact=literal(text))
        (where / f"advisories/2026/x_HOST-2026-{number:04}.toml").write_text(advisory, "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b.org", "commit", "-qm", "m"]):
        subprocess.run(["git", "-C", where, *command], check=True, capture_output=True)
    return where


def shown(markdown):
    """What a reader of Markdown sees; whatever is no text is seen in between."""
    seen = []
    for block in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        for token in block.children or [block]:
            if token.type in ("text", "code_inline"):
                seen.append(token.content)
            elif token.type in ("html_block", "image", "hr", "fence", "code_block", "table_open", "s_open", "em_open", "blockquote_open"):
                seen.append(f" {token.type}! ")
            elif token.type != "html_inline" or token.content != "<!-- -->":
                seen.append(" " if token.type.startswith(("softbreak", "paragraph")) else "")
    return "".join(seen)


def folded(text):
    """Text without what no form promises to keep: backticks, the breaks of lines, and a space that keeps a bug open."""
    return re.sub(r"\s+(?=[:\s]|$)", "", re.sub(r"\s+", " ", text.replace("`", ""))).strip()


def lost(read):
    """Texts that are not there, whole, as an impact or in a title; and thanks that are not."""
    read = folded(read)
    return [text for text in [*TEXTS, "Thanks to Zoë <b> & 🦀."] if folded(text) not in read]


def rpm(work, lines):
    """The text of each entry of a changelog, as rpm reads a spec file."""
    path = work / "p.spec"
    path.write_text(SPEC.format(lines=lines.rstrip("\n")), "utf-8")
    command = ["rpmspec", "-q", "--srpm", "--qf", "[%{CHANGELOGTEXT}\\f]", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    return said.stdout.split("\f")[:-1], [said.stderr] if said.returncode or said.stderr else []


def rpm_version():
    """Of the program."""
    said = subprocess.run(["rpmspec", "--version"], capture_output=True, text=True, check=True)
    return said.stdout.split()[-1]


def judge(notes, work, towncrier, debian):
    """Every form of one release. `notes` prints a form; `towncrier` and `debian` are what those programs read."""
    every = f"every word of {len(TEXTS)} hostile texts"
    for form in ("markdown", "github"):
        verdict("markdown-it", version("markdown-it-py"), f"{every} as {form}", lost(shown(notes(form))))
    verdict("caveat", "-", f"{every} as text", lost(notes("text")))
    changes, complaints = debian(notes("debian"))
    verdict("dpkg-parsechangelog", "-", f"{every}, and no bug closed", lost(changes) + complaints)
    entries, complaints = rpm(work, notes("rpm"))
    entries = entries or [""]
    wrong = [] if len(entries) == 2 else [f"{len(entries)} entries"]
    verdict("rpm", rpm_version(), f"{every}, one entry", lost(entries[0]) + complaints + wrong)
    verdict("towncrier", version("towncrier"), every, lost(shown(towncrier())))
