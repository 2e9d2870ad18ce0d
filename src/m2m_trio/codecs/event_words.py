"""The usual words of event streams: what a model says a token at a time.

The first `COMMON` of them take one byte where an event is nothing else, the others two. Part
of the coding, so they never change once released.
"""

from __future__ import annotations

from m2m_trio.codecs.dictionary_sentences import FORMS_1, NEWER_1
from m2m_trio.codecs.dictionary_words import COMMON_1, PROMPTS_1, RARER_1, RAREST_1

COMMON = 64

_FIRST = (
    r", . - : ! ? ) \n \n\n .\n\n .\n :\n\n :\n ** \" \",\" \":\" {\" \"} 0 1 2 3 4 5 The",
    [
        "",
        "'s",
        " ",
        " (",
        " **",
        " -",
        " the",
        " and",
        " to",
        " a",
        " of",
        " in",
        " is",
        " for",
    ],
    [" with", " that", " it", " you", " on", " are", " as", " I", " be", " or", " can", " by"],
    [" from", " your", " this", " an", " at", " we", " was", " not", " have", " The", " more"],
    [" like"],
)
_THEN = (
    "6 7 8 9 10 20 100 202 / _ ' 's 't 're 'll 've ` `` ``` = ; ... ( { } [ ] () }} }, | ---",
    r"# ## ### \n\n\n )\n ).\n\n ,\n :** **: **\n **\n\n **:\n (\" \") \": \", % $ &",
    "I It A In You If This To We Here For What How Yes s ed ing er ly al es y e d t n ally",
    "able ation true false null \u2019 \u2019s \u2014 \u2026 \u00b0 \u00b0C \u00b0F",
    [r" \"", " [", " n't", " '", " `", " |", " =", " +", " *", " /", " %", " $", " \u2013"],
    ["  ", "   ", "    ", "       ", r"  \n", r"  \n\n", r"\n    "],
)


def _listed() -> list[bytes]:
    words: list[str] = []
    for some in (*_FIRST, *_THEN):
        words += some.split() if isinstance(some, str) else some
    for text in (COMMON_1, FORMS_1, PROMPTS_1, RARER_1, NEWER_1, RAREST_1):
        for word in text.split():
            bare = word.strip("\\\"'`*.,:;!?(){}[]/+=0123456789")
            if len(bare) > 1 and "\\" not in bare and '"' not in bare:
                words.append(" " + bare)
    return [word.encode() for word in dict.fromkeys(words)]


WORDS = _listed()
