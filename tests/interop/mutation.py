"""Owns: changing one fact in the bytes of a channel, so that the comparison has something to find."""

import re


def mutations(reading):
    """Facts of a channel whose change nobody saw, and those that could not be changed anywhere."""
    for fact in (fact for fact, word in reading.carried.items() if word != "no"):
        change = next(changes(reading, fact), None)
        if change is None:
            yield f"{fact}: no file to change it in"
            continue
        path, data = change
        told, wrong = reading.read(path, data)
        if not wrong and not any(other == fact for _, _, other, _ in reading.differences(told)):
            yield f"{fact}: changed in {path}, and nothing was said"


def changes(reading, fact):
    """Files with that fact changed, small ones first."""
    for path, data in sorted(reading.files.items(), key=lambda item: len(item[1])):
        for _, _, facts in reading.told[path][0]:
            for old, new in exchanges(reading.source, fact, facts.get(fact)):
                other = re.sub(old, new.encode(), data)
                if other != data:
                    yield path, other


def exchanges(source, fact, said):
    """What to look for, and what to put there."""
    if fact == "severity" and said:
        words = source.ids if said in source.ids else source.labels
        other = next(word for word in words if word != said)
        yield re.escape(said).encode(), other
        yield rf'",{list(source.labels).index(source.severity(said))},"2'.encode(), f'",{list(source.labels).index(source.severity(other))},"2'
    elif fact == "scores" and said:
        yield rb"AV:[NL]", "AV:P"
    elif fact == "status" and said == "withdrawn":
        yield rb"csaf_base", "csaf_security_advisory"
        yield rb'"REJECTED"', '"PUBLISHED"'
        yield rb"(?i)withdrawn", "Forgotten"
        yield rb",1\]", ",0]"
    else:
        yield from ((re.escape(text).encode(), f"{text}7") for text in texts(fact, said))


def texts(fact, said):
    """Texts that stand for a fact: bounds of branches, fixed versions, names."""
    if isinstance(said, dict):
        said = frozenset().union(*said.values())
    for one in said if isinstance(said, frozenset) else ():
        if fact == "affected":
            yield from (end for end in (one[0], one[2] if one[1] == "last" else None) if end)
        elif fact == "credits":
            yield one[0].rpartition(" ")[2]
        else:
            yield one
