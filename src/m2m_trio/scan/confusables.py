"""Letters that look like Latin ones, and other dresses of the alphabet NFKC leaves alone.

After the tables of Unicode TS #39 (confusables) and the charts of the blocks named below,
lower case only where the text is folded anyway. They are applied to texts that mix scripts
inside a word: whole words of another script are that script's words.
"""

from __future__ import annotations

import re

_LOOKS_LIKE = {
    "a": "аαａɑ𐊠",
    "b": "ЬʙβᏏᖯ",
    "c": "сϲᴄⅽꮯᏟҫ",
    "d": "ԁɗⅾᏧժ",
    "e": "еҽєεҿ",
    "f": "ϝƒſꞙք",
    "g": "ɡցǥԍ",
    "h": "һհᏂḥնከ",
    "i": "іιıɩᎥӏɪǀլ",
    "j": "јϳʝյ",
    "k": "κкᴋⲕ",
    "l": "ⅼℓʟ",
    "m": "мⅿᴍϻ",
    "n": "ոпηɴռ",
    "o": "оοօоσ๐ᴏഠ",
    "p": "рρքƿ",
    "q": "ԛգզ",
    "r": "гᴦⲅꭇꮁր",
    "s": "ѕꜱꮪʂտ",
    "t": "тτᴛեէ",
    "u": "υսцʋᴜ",
    "v": "νѵᴠⅴט",
    "w": "ԝաѡᴡɯ",
    "x": "хχⅹ᙮×",
    "y": "уγүყʏ",
    "z": "ᴢʐ",
    "A": "АΑᎪ",
    "B": "ВΒᏴ",
    "C": "СϹᏟ",
    "D": "ᎠᗞⅮ",
    "E": "ЕΕᎬ",
    "F": "Ϝᖴ",
    "G": "ԌᏀ",
    "H": "НΗᎻ",
    "I": "ІΙӀӏ",
    "J": "ЈᎫ",
    "K": "КΚᏦ",
    "L": "ᏞⅬ",
    "M": "МΜᎷ",
    "N": "ΝՈ",
    "O": "ОΟՕ",
    "P": "РΡᏢ",
    "R": "ᎡᏒ",
    "S": "ЅՏᏚ",
    "T": "ТΤᎢ",
    "U": "Սᑌ",
    "V": "ᏙⅤѴ",
    "W": "ᎳԜ",
    "X": "ХΧⅩ",
    "Y": "ΥҮᎽ",
    "Z": "ΖᏃ",
}

CONFUSABLES = {ord(look): letter for letter, looks in _LOOKS_LIKE.items() for look in looks}
"""For `str.translate`, on texts with a Latin letter beside one of `LOOKALIKE_SCRIPTS`."""

LOOKALIKE_SCRIPTS = (
    "\u0370-\u03ff\u0400-\u058f\u13a0-\u13fd\uab70-\uabbf\u0250-\u02af\u1400-\u167f\u0d20\u0e4f"
)
"""Scripts that have letters in `CONFUSABLES`, as a character class."""


def _letter_forms() -> dict[int, str]:
    forms = {}
    # parenthesised, the same in capitals, negative circled and squared, regional
    for first in (0x249C, 0x1F110, 0x1F150, 0x1F170, 0x1F1E6):
        forms.update({first + index: chr(97 + index) for index in range(26)})
    small = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ-ʏᴢ"
    letters = "abcdefghijklmnopqrstuvw-yz"
    forms.update({ord(form): letter for form, letter in zip(small, letters, strict=True)})
    del forms[ord("-")]
    # letters of languages that no normal form takes apart
    for form, letters in (("łŁ", "l"), ("đĐðÐ", "d"), ("øØ", "o"), ("æÆ", "ae"), ("œŒ", "oe")):
        forms.update(dict.fromkeys(map(ord, form), letters))
    forms.update({ord("ß"): "ss", ord("þ"): "th", ord("Þ"): "th"})
    return forms


LETTER_FORMS = _letter_forms()
"""Small capitals, squared and regional letters, and barred ones: NFKC has none for them."""

_TURNED = "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz"
TURNED = {ord(form): chr(97 + index) for index, form in enumerate(_TURNED)}
"""Upside-down letters; the text made of them runs backwards as well."""

IS_TURNED = re.compile("[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ]")
"""Letters that stand only in an upside-down text."""
