"""Owns: reading every JSON Feed."""

import json

from feed_item import package, told

FILES, PLACE = "**/feed.json", "advisory"


def read(path, data, source):
    """Each item; its text and its member for programs have to agree."""
    for item in json.loads(data)["items"]:
        keys = [package(tag) for tag in item["tags"] if not tag.startswith("severity:")]
        said, member = told(item["content_html"], keys), item["_advisory"]
        if said["aliases"] != frozenset(member["aliases"]):
            raise ValueError(f"{said['aliases']} in the text, {member['aliases']} in _advisory")
        yield member["id"], None, said | {"severity": member["severity"], "status": member["status"]}
