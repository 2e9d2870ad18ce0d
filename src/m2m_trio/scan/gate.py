"""The literal gate: one Aho-Corasick pass says where a text is worth reading.

Most of any text holds none of these words, and the rules never see it. They are chosen to
be rare in code, logs and tool output, and so that no rule matches without one nearby.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahocorasick_rs import BytesAhoCorasick, Implementation

from m2m_trio.scan.decode import CIPHERED, CIPHERS
from m2m_trio.scan.fold import LATIN, fold_word, has_native, native_stream, others
from m2m_trio.scan.languages import LANGUAGES

BEFORE, AFTER = 120, 150
"""Bytes of the stream read before and after a gate word."""

WIDEST = 900
"""Bytes after which a window takes no more words in: the next one overlaps it."""

MOST_CIPHERED = 256
"""Words in cipher that are noted in one stream."""

REACH = 64
"""Bytes searched again between two pieces, so that no word is cut."""

PIECE = 64 * 1024
"""Bytes of a stream searched at once."""

_ENGLISH = """
    instr prompt guideline directive guidance restrict safeguard guardrail disregard forget
    ignor override overrid bypass forgot uncensor unfilter unrestrict jailbr forbidden
    filters your-filter content-filter all-filter any-filter without-filter
    the-rules your-rules all-rules these-rules any-rules your-training your-programming
    your-safety safety-filter safety-check safety-measure safety-protocol safety-feature
    =false safety-false ignore-safety disable-all disable-safety disabled eee uuu
    developer-mode debug-mode admin-mode god-mode test-mode testing-mode mode-enabled
    mode:-on full-access developer-access admin-access system-override admin-override
    system-command sudo: debug: internals initialization-str your-config system-config
    openai chatgpt language-model anything-now dan-mode -dan- -dan, -dan. as-dan anti-dan
    pretend roleplay role-play from-now-on stay-in-char break-char of-character confidant
    personas two-different-ways chatbot different-ai unethical illegal immoral amoral
    without-ethics grandm between-us this-is-a-test safe-environment tell-anyone hypothetical
    passwd .ssh id_rsa .env process.env os.environ printenv /environ .aws/ credential secret
    api-key api_key apikey password access-code sam-and conversation-history ![
    <|im <|start <|sys <|eot <|end [inst [/inst <<sys system: <system </instruct [system user:
    no-attention set-aside told-before were-told told-you instead-of-the -the-rest
    text-above above-text everything-above everything-before stop-everything new-task
    repeat-the-words-above repeat-the-follow following-sentence sentence-as you-are-an-ai
    visible-to automated- attention-ai the-user-to note-to-ai ai-assist
    made-you clearance privilege authoriz boss-auth permission-from written-permission
    not-summar not-translat instead-repl instead-say instead-print instead-respond instead-writ
    instead-of-trans instead-of-answ instead-of-summ content-polic question-above previous-req
    end-of-doc end-of-con end-of-input is-irrelevant scratch-that the-user-about code-is
    access-granted access-code chat-history message-history secret-pass secret-key of-this-conv
    no-rules guidance i-say as-dan the-above rules-you above-and onceki unut- sifre
    security-researcher instrct prmpt systemprompt
"""

MISTYPED = ("instruct", "previous", "restrict", "prompt")
"""Gate words that are taken with one slip of the keyboard as well."""

_NATIVE_SLOTS = ("x_instruct", "x_sysprompt", "x_barrier", "x_mode", "x_ignore", "x_now")
_ENGLISH_TOO = """
    system message initial initiale initiales filter developer prompt considera directiva
    abstraction simulator programming security
    команд आदेश دستور 命令 명령 این момента الان
"""
"""Words that stand in code, in English or in any manual: their gate would always be open."""

_SHORTEST = 6
"""Letters a gate word of another Latin-script language has at least: shorter ones are
inside too many English words."""


def latin_literals() -> list[bytes]:
    """Gate words of the Latin stream."""
    words = {word.replace("-", " ") for word in _ENGLISH.split()}
    for word in MISTYPED:
        words.update(_mistyped(word))
    literals = {word.encode("ascii").translate(LATIN) for word in words}
    for word in _foreign():
        folded = fold_word(word)
        if folded.isascii() and len(folded) >= _SHORTEST:
            literals.add(folded.encode("ascii"))
    return sorted(literals)


def _mistyped(word: str) -> Iterator[str]:
    """``word`` with two neighbours swapped, or one letter gone."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]


def native_literals() -> list[bytes]:
    """Gate words of the native stream."""
    native = [word for word in _foreign() if has_native(word)]
    return sorted({native_stream(word, others(word)) for word in native})


def cipher_literals() -> list[tuple[bytes, str]]:
    """What words of `CIPHERED` look like in each cipher, and the cipher that undoes it."""
    coded = ((CIPHERS[_INVERSE.get(name, name)], name) for name in CIPHERS)
    return [
        (code(word).encode("ascii").translate(LATIN), name)
        for code, name in coded
        for word in CIPHERED
    ]


_INVERSE = {f"caesar{by}": f"caesar{26 - by}" for by in range(1, 26)}


def _foreign() -> Iterator[str]:
    for slots in LANGUAGES.values():
        for slot in _NATIVE_SLOTS:
            for word in slots.get(slot, "").split():
                longest = max(word.rstrip("*").split("_"), key=len)
                if longest not in _ENGLISH_TOO.split():
                    yield longest


class Gate:
    """Finds the windows of a stream that are worth reading, and the words of ciphers."""

    def __init__(
        self, literals: Iterable[bytes], ciphers: Iterable[tuple[bytes, str]] = ()
    ) -> None:
        words = list(literals)
        self._plain = len(words)
        self._ciphers = list(ciphers)
        words.extend(word for word, _ in self._ciphers)
        self._search = BytesAhoCorasick(words, implementation=Implementation.DFA)

    def windows(
        self, stream: bytes, ciphered: list[tuple[str, int]]
    ) -> Iterator[tuple[int, int]]:
        """Start and end of each window, in order; those that touch are one, up to a limit.

        The ciphers whose words stand in the stream, and where, go into ``ciphered``.
        """
        size = len(stream)
        plain, first, last, full = self._plain, 0, -1, 0
        for start in range(0, size, PIECE):
            piece = stream if size <= PIECE else stream[start : start + PIECE + REACH]
            for number, begin, end in self._search.find_matches_as_indexes(piece):
                at = start + begin
                if number >= plain:
                    if len(ciphered) < MOST_CIPHERED:
                        ciphered.append((self._ciphers[number - plain][1], at))
                elif at - BEFORE > last or at > full:
                    if last >= 0:
                        yield max(first, 0), min(last, size)
                    first, last, full = at - BEFORE, start + end + AFTER, at + WIDEST
                else:
                    last = start + end + AFTER
        if last >= 0:
            yield max(first, 0), min(last, size)
