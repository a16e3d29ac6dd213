"""Owns: a message as Python's email reads it."""

from email import message_from_bytes, policy


def body(data):
    """Its subject and its text."""
    message = message_from_bytes(data, policy=policy.default)
    return message["Subject"], message.get_body(("plain",)).get_content().replace("\r\n", "\n")
