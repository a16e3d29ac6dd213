"""Owns: reading messages to oss-security, as they are sent: the subject too."""

import re

from facts import expression, spelled_branches
from mail_body import told
from message import body

FILES, PLACE = "mail/x_*/*.oss-security.eml", "advisory"


def read(path, data, source):
    """One message. The subject names the first CVE id, or else ours, and versions where they are few."""
    subject, text = body(data)
    identity, facts = told(text)
    withdrawn, rest = re.fullmatch(r"(WITHDRAWN )?(.+)", subject).groups()
    names = [one for one in sorted(facts["aliases"]) if one.startswith("CVE-")] or [identity]
    if (facts["status"] == "withdrawn") != bool(withdrawn) or rest.split(":", 1)[0] not in names:
        raise ValueError(f"{names}, {facts['status']}, and the subject {subject!r}")
    if len(facts["affected"]) == 1:
        ((key, branches),) = facts["affected"].items()
        _, *said = re.split(r" (?=(?:>=|<=|<|=) )", subject.split(": ")[1], maxsplit=1)
        said = [expression(one) for one in said[0].split(" or ")] if said else []
        if spelled_branches(key[0], said) != branches and f"({len(branches)} branches)" not in subject:
            raise ValueError(f"{branches}, and the subject {subject!r}")
    yield identity, None, {fact: said for fact, said in facts.items() if fact != "scores" or said}
