"""Owns: reading HTML, and the text of its elements. libxml2 reads valid pages as browsers do, and fast; `vnu` says that they are valid."""

import html5lib
import lxml.html

UTF8 = lxml.html.HTMLParser(encoding="utf-8")


def document(data):
    """The tree of a page or of a part of one."""
    return lxml.html.document_fromstring(data.encode() if isinstance(data, str) else data, parser=UTF8)


def as_browsers_read(data):
    """The same, by the algorithm of browsers, for texts that try to be more than texts."""
    return html5lib.parse(data, treebuilder="lxml", namespaceHTMLElements=False).getroot()


def text(element):
    """What stands in an element, blanks folded as a browser folds them."""
    return " ".join("".join(element.itertext()).split())


def with_class(tree, name, tag="*"):
    """The elements that have a class."""
    return tree.xpath(f'.//{tag}[contains(concat(" ", normalize-space(@class), " "), " {name} ")]')


def one_with_class(tree, name, tag="*"):
    """The first of them, or nothing."""
    return next(iter(with_class(tree, name, tag)), None)


def severity(element):
    """The label of a severity: the shape beside it is a picture."""
    found = one_with_class(element, "severity")
    return text(found).split(" ", 1)[1]
