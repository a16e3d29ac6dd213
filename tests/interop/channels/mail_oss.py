"""Owns: reading mails to oss-security, as people paste them."""

from mail_body import told

FILES, PLACE = "mail/x_*/*.oss-security.txt", "advisory"


def read(path, data, source):
    """One mail."""
    identity, facts = told(data.decode("utf-8"))
    yield identity, None, {fact: said for fact, said in facts.items() if fact != "scores" or said}
