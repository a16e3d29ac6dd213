"""Owns: plain text of mails as people read it: sections by their headings, items by their marks, fields by their names."""

import re


def sections(text):
    """The text below each heading, and what comes before the first as "" """
    found, heading = {"": []}, ""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        alone = at > 0 and not lines[at - 1] and at + 1 < len(lines) and not lines[at + 1]
        if alone and re.fullmatch(r"[A-Z][A-Z ?]+", line) and line not in found:
            heading = line
        found.setdefault(heading, []).append(line)
    return {heading: "\n".join(lines[bool(heading) :]).strip("\n") for heading, lines in found.items()}


def items(text, indent=0):
    """The items of a list at one indent, each in one line."""
    found, mark, rest = [], " " * indent + "* ", " " * (indent + 2)
    for line in text.split("\n"):
        if line.startswith(mark):
            found.append(line[len(mark) :])
        elif line.startswith(rest) and found:
            found[-1] += " " + line.strip()
        elif found and not line.strip():
            continue
    return found


def fields(text):
    """Values of `Name:          value` lines, each in one line; several of one name are a list."""
    found, name = {}, None
    for line in text.split("\n"):
        if line.startswith(" " * 15) and name:
            found[name][-1] += " " + line.strip()
        elif start := re.match(r"([A-Z][A-Za-z0-9. ]+): *(.*)", line[:15] if line[14:15] == " " else line):
            name = start[1]
            found.setdefault(name, []).append(line[15:] if line[14:15] == " " else start[2])
        else:
            name = None
    return found
