"""Owns: reading messages to the project's list, as they are sent: the subject too."""

from mail_body import told
from message import body

FILES, PLACE = "mail/x_*/*.announce.eml", "advisory"


def read(path, data, source):
    """One message. The subject has the severity, and says that it is withdrawn."""
    subject, text = body(data)
    identity, facts = told(text)
    if ("WITHDRAWN " in subject) != (facts["status"] == "withdrawn") or f" ({facts['severity']})" not in subject:
        raise ValueError(f"{facts['severity']}, {facts['status']}, and the subject {subject!r}")
    yield identity, None, facts
