"""Owns: the one table of texts that have broken pages, feeds, mails and notes, for every check that needs such.

What `check` refuses is here too: for it nothing has to survive, but it must be refused in every field.
"""

TEXTS = {
    "tags": "a <b>c</b> <script>alert(1)</script> d",
    "less": "1 < 2 > 0 & more &amp; &lt; &#60;",
    "cdata": "end ]]> of <![CDATA[ it",
    "comment": "a <!-- b --> c --> d --!> e",
    "one backtick": "a ` b",
    "two backticks": "a `` b",
    "three backticks": "a ``` b",
    "four backticks": "a ```` b",
    "code": "a `c <d>` e `` f ` g `` h",
    "pipe": "a | b || c",
    "stars": "*a* **b** ***c*** * d",
    "underscores": "_a_ __b__ snake_case_name _",
    "link": "[x](y) ![z](https://example.org/p.png) [r][s] [t]: u",
    "template": "{{ 7 * 7 }} {% if x %} {# c #} ${x} #{y} %{z}",
    "quotes": "a \"b\" 'c' “d” ‘e’ «f»",
    "backslashes": "a \\ b \\\\ c \\n \\u0041 \\",
    "percent": "100 % %s %00 %0d%0a %n",
    "right to left": "שלום עולם and السلام عليكم",
    "emoji": "🦀 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
    "combining": "e\u0301 o\u0308\u0304 n\u0303 Z\u0351\u036b\u0343",
    "long word": "w" * 300,
    "long marks": "<" * 300,
    "from": "From here on",
    "dot": ".dot first",
    "lone dot": ". alone",
    "hash": "# no heading",
    "quoted": "> no quote",
    "signature": "-- no signature",
    "dash": "- no item",
    "number": "1. no item",
    "setext": "=== no heading",
    "equals": "=?utf-8?q?a?= =3D =",
    "header": "Content-Type: text/html",
    "chinese": "这个库在读取文件时信任文件中声明的长度" * 5,
    "japanese": "日本語の説明文を" * 10,
    "wide spaces": "a\u3000b\u00a0c\u2009d",
    "tilde": "~~a~~ ~b~",
    "mention": "@everyone and #1",
    "rule": "*** --- ___",
    "numbers of signs": "&#x2f; &notin; &nosuch;",
}

REFUSED = {
    "override": "a\u202eb", "embedding": "a\u202bb", "isolate": "a\u2067b\u2069", "mark": "a\u200fb", "zero width": "a\u200bb",
    "byte order mark": "a\ufeffb", "line separator": "a\u2028b", "escape": "a\u001b[31mb", "bell": "a\u0007b", "next line": "a\u0085b",
    "soft hyphen": "a\u00adb", "tags": "a\U000e0041b", "private use": "a\ue000b",
}

# All that a link may have, and what other readers take for its end.
LINKS = [
    "https://example.org/a?b=c&d=e&amp;f=%22%3C%3E%5C%60%7B%7B%25%7D%7D", "https://example.org/(x)/*y*/_z_/~t~/[u]/v|w/!$',;:@=^",
    "https://example.org/" + "d" * 300, "https://example.org/a?x=https://example.com/#]]%3E--", "https://xn--nxasmq6b.example.org/%E6%97%A5",
    "https://example.org/a)b.", "https://example.org/a--b__c**d",
]
