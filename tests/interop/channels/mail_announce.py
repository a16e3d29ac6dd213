"""Owns: reading mails to the project's list, as people paste them."""

from mail_body import told

FILES, PLACE = "mail/x_*/*.announce.txt", "advisory"


def read(path, data, source):
    """One mail."""
    identity, facts = told(data.decode("utf-8"))
    yield identity, None, facts
