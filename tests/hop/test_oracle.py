"""The oracle experiment: does a coded length tell whether a guess at a secret is right?

The victim's request holds a secret; the attacker sends guesses at it and sees lengths. With one
base for both and no padding it works, letter by letter, which shows that the experiment is able
to find something. It finds nothing across tenants, nor through padding.
"""

from __future__ import annotations

import json

from hop_rig import ALICE, HopRig, chat, hash_text

from m2m_trio.hop.edge import EdgeRules
from m2m_trio.hop.negotiate import DCZ
from m2m_trio.hop.sessions import Tenant

SECRET = "key-7Q2x9ZfL0aVb"
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
MALLORY = b"mallory's tenant"


SYSTEM = " ".join(hash_text(number) for number in range(12))
"""The application's instructions, which both know."""


def guess(text: str) -> bytes:
    messages = [
        {"role": "system", "content": SYSTEM},
        {"role": "user", "content": f"my password is {text}"},
    ]
    return json.dumps({"model": "m", "messages": messages}).encode()


def lengths(rig: HopRig, guesses: list[str], attacker: Tenant) -> dict[str, int]:
    """What somebody on the wire sees of each guess."""
    seen = {}
    for text in guesses:
        plain = guess(text)
        base = rig.edge.find_base(plain, attacker, rig.now)
        sent = rig.edge.encode(plain, [], tenant=attacker, base=base, now=rig.now)
        seen[text] = len(sent.body)
    return seen


def victim(rules: EdgeRules) -> HopRig:
    """A rig in which the victim has said its secret."""
    rig = HopRig(rules)
    rig.exchange(guess(SECRET))
    return rig


def wrong_guesses() -> list[str]:
    return [SECRET[:4] + SECRET[4:][::-1], "key-0000000000ab", "key-hunter2hunte"]


def test_without_protection_the_experiment_finds_the_secret() -> None:
    seen = lengths(victim(EdgeRules()), [SECRET, *wrong_guesses()], ALICE)
    assert all(seen[SECRET] < seen[other] for other in wrong_guesses())


def test_another_tenant_learns_nothing() -> None:
    rig = victim(EdgeRules())
    assert rig.edge.find_base(guess(SECRET), MALLORY, rig.now) is None
    before = lengths(rig, [SECRET, *wrong_guesses()], MALLORY)
    nobody = HopRig()
    nobody.exchange(chat(1))  # what lengths are where there is no secret at all
    assert before == lengths(nobody, [SECRET, *wrong_guesses()], MALLORY)


def test_padding_drowns_what_the_same_tenant_could_learn() -> None:
    rig = victim(EdgeRules(pad_to=256))
    known = SECRET[:8]
    guesses = [known + letter + "_" * 7 for letter in LETTERS]
    seen = lengths(rig, [SECRET, *wrong_guesses(), *guesses], ALICE)
    coded = rig.edge.encode(
        guess(SECRET),
        [],
        tenant=ALICE,
        base=rig.edge.find_base(guess(SECRET), ALICE, rig.now),
        now=rig.now,
    )
    assert coded.coding == DCZ
    assert set(seen.values()) == {256}
