"""The built-in dictionaries: which there are, and how a message names its own.

A dictionary is known by the SHA-256 of what it holds, so that two builds cannot mean
different bytes by one name; messages carry the first two bytes of it. A new version comes
with a new coding token, so that ``Accept-Encoding`` tells who reads it, and the version
before it stays, for nodes that are not yet upgraded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property

from attrs import frozen

from m2m_trio.codecs.dictionary_events import CHAT_EVENTS_1, RESPONSES_EVENTS_1
from m2m_trio.codecs.dictionary_messages import MESSAGES_1
from m2m_trio.errors import UnknownDictionaryError

TAG_BYTES = 2


@frozen(slots=False, eq=False)
class StaticDictionary:
    """Bytes that both sides hold before they have met."""

    name: str
    """``m2m-messages-1``: what for, and the version."""

    content: bytes

    @cached_property
    def sha256(self) -> str:
        """Its identity, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def tag(self) -> bytes:
        """What a message made with it begins with."""
        return bytes.fromhex(self.sha256[: 2 * TAG_BYTES])


MESSAGES = (StaticDictionary("m2m-messages-1", MESSAGES_1),)
"""For whole messages, requests and replies, newest first: the newest and the one before."""

CHAT_EVENTS = (StaticDictionary("m2m-chat-events-1", CHAT_EVENTS_1),)
"""For streams of chat and completion chunks, newest first."""

RESPONSES_EVENTS = (StaticDictionary("m2m-responses-events-1", RESPONSES_EVENTS_1),)
"""For streams of the Responses API, newest first."""

ALL = (*MESSAGES, *CHAT_EVENTS, *RESPONSES_EVENTS)


def find_tagged(held: Sequence[StaticDictionary], tag: bytes) -> StaticDictionary:
    """The dictionary of ``held`` that ``tag`` names.

    Raises:
        UnknownDictionaryError: This build does not hold it.
    """
    for dictionary in held:
        if dictionary.tag == tag:
            return dictionary
    raise UnknownDictionaryError(
        f"this node holds no dictionary {tag.hex()!r}: send the message without it"
    )
