"""Owns: that two mail parsers, Python's email and npm's mailparser, read the same in every message, and what was meant.

Usage: mail.py CAVEAT SITE NPM SCRATCH
Besides the messages of the site, those of 500 random advisories, and of a made-up feed whose every text tries to break them.
"""

import json
import subprocess
import sys
from datetime import timezone
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path

import random_feed
from hostile_feed import PATCH, made
from verdicts import verdict

VERSION = sys.version.split()[0]
LONGEST = 998


def read(path):
    """What Python's email reads in a message."""
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    people = lambda name: [
        {"name": one.display_name, "address": one.addr_spec} for header in mail.get_all(name, []) for one in header.addresses
    ]
    date = mail["Date"].datetime.astimezone(timezone.utc)
    return mail, {
        "subject": mail["Subject"],
        "from": people("From"),
        "to": people("To"),
        "reply_to": people("Reply-To"),
        "id": mail["Message-ID"],
        "in_reply_to": mail["In-Reply-To"],
        "references": (mail["References"] or "").split(),
        "date": date.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "text": body.get_content().replace("\r\n", "\n"),
        "files": [{"name": one.get_filename(), "hex": one.get_payload(decode=True).hex()} for one in mail.iter_attachments()],
    }


def others(paths, npm):
    """What mailparser reads in the same messages."""
    command = ["node", str(Path(__file__).with_name("mail.mjs")), npm]
    listed = "".join(f"{path}\n" for path in paths)
    said = subprocess.run(command, input=listed, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in said.stdout.splitlines()]


def raw_faults(path, mail):
    """What is wrong with the bytes: lines, encodings, headers that belong to servers."""
    raw = path.read_bytes()
    lines = raw.splitlines()
    if not raw.isascii():
        yield "not ASCII"
    if any(len(line) > LONGEST for line in lines):
        yield "a line is too long"
    for part in mail.walk():
        if part.get_content_maintype() != "text":
            continue
        text, coding = part.get_payload(decode=True), part["Content-Transfer-Encoding"]
        plain = text.isascii() and all(len(line) <= LONGEST for line in text.splitlines())
        if part.get_content_disposition() == "attachment":
            plain = False
        if coding != ("7bit" if plain else "quoted-printable"):
            yield f"{coding} for {'plain' if plain else 'other'} text"
    for name in mail.keys():
        if name.lower().startswith(("list-", "dkim-", "received", "precedence", "x-", "archived-")):
            yield f"{name} is not ours"


def agree(paths, npm):
    """Every difference between the two, and every fault of the bytes."""
    both, wrong, faults, texts = others(paths, npm), [], [], []
    if len(both) != len(paths):
        wrong.append(f"{len(both)} of {len(paths)} were read")
    for path, other in zip(paths, both):
        mail, own = read(path)
        for key, value in own.items():
            there = other.get(key)
            if key == "text":
                value, there = value.rstrip("\n"), there.rstrip("\n")
            if value != there:
                wrong.append(f"{path.name}: {key}: {value!r} and {there!r}")
        faults.extend(f"{path.name}: {fault}" for fault in raw_faults(path, mail))
        beside = path.with_suffix(".txt")
        if beside.is_file() and beside.read_text("utf-8") != own["text"]:
            texts.append(path.name)
    return wrong, faults, texts


def judge(what, paths, npm):
    """The verdicts on one heap of messages."""
    if not paths:
        sys.exit(f"{what}: no message")
    wrong, faults, texts = agree(paths, npm)
    verdict("email, mailparser", VERSION, f"read the same in {len(paths)} messages of {what}", wrong)
    verdict("email", VERSION, f"lines, encodings and headers of {what}", faults)
    verdict("email", VERSION, f"bodies of {what} are the texts beside them", texts)


def patch_is_whole(paths):
    """The patch of the letter to a packager comes out byte for byte, and the text names its hash."""
    for path in paths:
        _, own = read(path)
        if own["files"]:
            hexes = [one["hex"] for one in own["files"]]
            whole = hexes == [PATCH.hex()] and sha256(PATCH).hexdigest() in own["text"]
            return [] if whole else ["other bytes, or another hash"]
    return ["no letter has a patch"]


def main():
    """Judge the site's messages, those of random advisories, then the hostile ones."""
    caveat, site, npm, scratch = sys.argv[1:]
    own = sorted(path for path in Path(site).rglob("*.eml"))
    judge("the site", own, npm)
    _, many, _ = random_feed.built(caveat, Path(scratch))
    judge(f"{random_feed.COUNT} random advisories", sorted(many.rglob("*.eml")), npm)
    public, private = made(caveat, Path(scratch))
    judge("a hostile feed", public, npm)
    judge("its private letters", private, npm)
    verdict("email", VERSION, "a patch comes out byte for byte", patch_is_whole(private))


if __name__ == "__main__":
    main()
