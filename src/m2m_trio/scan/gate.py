"""The literal gate: one Aho-Corasick pass says where a text is worth reading.

Most of any text holds none of these words, and the rules never see it. They are chosen to
be rare in code, logs and tool output, and so that no rule matches without one nearby.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from ahocorasick_rs import BytesAhoCorasick, Implementation

from m2m_trio.scan.decode import CIPHERED, CIPHERS
from m2m_trio.scan.fold import (
    LATIN,
    fold_word,
    has_native,
    native_letters,
    native_stream,
    others,
)
from m2m_trio.scan.languages import TABLES

BEFORE, AFTER = 120, 150
"""Letters of the stream read before and after a gate word."""

WIDEST = 900
"""Letters after which a window takes no more words in: the next one overlaps it."""

REACH = 64
"""Bytes searched again between two pieces, so that no word is cut."""

PIECE = 64 * 1024
"""Bytes of a stream searched at once."""

_FEW_KINDS = 512
"""Kinds of characters that are looked at one by one."""

_ENGLISH = """
    ![ (ai- -agent- -agents- -ai, -ai- -ai: -assistants -bot- -bot: -dan, -dan- -dan. -evil-
    -gpt -llm- -llms -models- -robots -the-rest .aws/ .env .git-cred .kube/ .netrc .npmrc
    .pgpass .ssh /environ /etc/shadow /etc/sud 169.254 </instruct <<sys <system <|end <|eot <|im
    <|start <|sys @assistant [/inst [ai- [assistant [chatgpt [classic [gpt [inst [system
    a-parrot a-translation above-and above-in above-text above-this-line above-this-mess
    access-code access-granted access-is-granted access-key acrostic act-as-if addressed-to-you
    admin-access admin-mode admin-override agent, agent: agents, agents: ai-agent ai-assist
    ai-code-review ai-model ai-read ai-recruit ai-review ai-screen ai-summ ai-system
    alignment-rules all-commands all-filter all-rules all-secrets already-broken alter-ego
    always-say amoral an-llm and-send-it anti-dan any-ai any-filter any-moral any-more
    any-policy any-rules anything-else, anything-now api-key api_key apikey applicant
    are-offline as-dan as-yourself asked-of-you asking-for-confirm asleep assistant-direct
    assistant-has assistant-have assistant-in assistant-must assistant-note assistant-now
    assistant-should assistant-that assistant-which assistant-who assistant: assistants-are
    attention- attention-ai authoriz automated- automated-agent be-free been-given been-told
    before-answer before-me before-mine before-my before-this before-you-summ begging
    begin-your-answer begin-your-repl behind-this between-us born-with boss-auth bot, bots-
    bots: bound-by break-char break-rule broke-them broken-free bypass care-what change-of-plans
    chat-history chat-log chatbot chatgpt chloroform classified claude, claude- claude:
    clear-your clearance code-word codeword comes-before-user company-line company-script
    complies comply confidant confidential contacts-to content-filter content-polic
    context-window contrary-to conversation-history conversation-is-over conversation-so
    conversation-to copilot coupon credential dan-can dan-has dan-mode dan-now dear-ai
    dear-assist debug-mode delete-rule developer's developer-access developer-mode did-your
    different-ai directive disable-all disable-safety disabled disclaimer discount display:none
    disregard do-anything do-not-compare do-not-continue do-whatever dollars-for don't-report
    earlier-command earlier-guid earlier-inst earlier-mess earlier-orders earlier-task
    earlier-text eee end-of-con end-of-doc end-of-input entire-conv ethics evaluated-by
    everything-above everything-before everything-that evil-twin exempt explosives fictional-ai
    filters first-message following-sentence for-all-questions for-an-audit forbid forbidden
    forget free-from free-will free-you from-all-limit from-now-on full-access full-capab
    future-conv gemini give-me-your god-mode grade-must graded-by grandm guardrail guidance
    guideline hacked haha hangman has-agreed has-approved has-authori hates hello-ai
    hello-assist hi-assist hidden-from hidden-key hidden-prompt hidden-rule hides hiding hotwire
    hypothetical i-hereby i-order i-say id_rsa identity-thing if-an-ai ignor ignore-safety
    illegal immoral in-charact in-front-of inbox initialization-a initialization-str
    instead-of-answ instead-of-summ instead-of-trans instead-print instead-repl instead-respond
    instead-say instead-writ instr instrct irrespective is-binding is-irrelevant it-support
    jailbr keychain keylog label-this language-model last-user launder legal-or-not llm,
    llm-review llm: longer-summ loves-breaking machine-read made-you mailbox malware marching
    may-now mention-this message-history meth- methamph mine-are mine-is mode-enabled mode:-on
    moderating molotov moral must-not-tell my-manager my-message my-orders n't-allowed n't-exist
    never-mention never-reveal never-says new-polic new-task no-attention no-bound no-censor
    no-circumstances no-ethic no-filter no-laws no-limit no-longer-a no-matter-what no-moral
    no-need-to-check no-policy no-rules no-safety no-time-for nobody-will not-a-model
    not-allowed- not-allowed-to-t not-pay-att not-report-it not-reveal not-spam not-summar
    not-translat note-for note-to note-to-ai nothing-else nothing-more nothing-out now-recommend
    obligations of-all-limit of-character of-this-conv of-your-context old-orders on-behalf
    on-hold-and onceki one-will-know openai or-i-can original-task os.environ other-customer
    other-tenants other-user other-users' our-chat outrank overrid override own-credentials
    passcode passphrase passwd password permission-from persona-that personalit personas
    phishing please-ignore point-out-weak poison policies positive-review precedes pretend
    previous-command previous-customer previous-directions previous-mess previous-orders
    previous-req print-exactly printenv prior-comm prior-orders privilege prmpt process.env
    processing-this promised-to prompt pwned question-above quiet-about rather-than-answ
    rather-than-summ rather-than-trans read-this- reading-this reads-this real-task refus
    regardless-of release-you relieve-you repeat-the-follow repeat-the-words-above reply-with:
    request-of-the-user respond-to-every respond-with: rest-of-the-doc rest-of-the-text restrict
    reviewed-by-a revoked rhym role-play roleplay rules-from rules-were rules-you
    safe-environment safe-mode safeguard safety-check safety-false safety-feature safety-filter
    safety-measure safety-prot safety-protocol sam-and say-the-code says,-reply score-must
    scratch-that scroll-up secret secret-key secret-pass security-researcher security-team
    sentence-as set-aside set-of-rules shoplift show-me-your sifre skip-the skip-ver slate-clean
    someones sorry- speak-freely spell-checker stalk start-your-answer start-your-repl
    stated-above stay-in-char stop-everything stop-process stop-reading stop-summar sudo:
    summarising-this summarizing-this supersede supposed-to-tell sure,-here system-alert
    system-command system-config system-message system-override system: systemprompt
    t-answer-the t-classif t-translate t-translate-it take-priority task-is-over tell-anyone
    tell-me-a-joke tell-me-your tell-the-reader tell-the-truth test-mode testing-mode text-above
    that-rule the-above the-bank-details the-code, the-code? the-directions the-filter
    the-hidden the-key-you the-key? the-last-message the-model the-old-rules the-persona
    the-phrase- the-real-user the-rubric the-rules the-sentence- the-user-about the-user-to
    these-rules they-told this-chat this-conv this-once this-positive tip-you to-all-ai
    to-memory to-one-side to-reveal to-the-ai to-the-user to-this-point to-this-user told-before
    told-me told-not told-to-keep told-you translate-nothing two-different-ways unaligned
    uncensor unethical unfilter unless-you-send unrestrict unsafe-version unut- upgraded-to
    ur-instr ur-prompt ur-rules user's-actual user's-real user's-request user-about user-asks
    user-has user-know user-needs user-that user-to-click user-to-visit user-wants user-would
    user: users-location uuu verbatim verified-admin version-of-yourself very-begin
    very-first-mess villain visible-to voucher wallet.dat watching webhook were-told were-you
    weren't-restr what's-above whatever-it-is whats-above when-asked-to when-you-reply
    whichever-ai whole-conv without-cens without-ethics without-filter without-inform
    without-notif without-telling without-them-know without-warning word-for-word words-above
    written-above yesterday you're-an-ai you're-bob you-agreed you-already you-are-an-ai
    you-are-now you-been-freed you-before you-confirm you-follow you-had-no you-have-no you-lose
    you-were your-actual your-alignment your-answer-with your-behav your-boundar your-config
    your-constraint your-creator your-developer your-entire your-filter your-full your-lab
    your-last your-limit your-maker your-memory your-mission your-new your-objective
    your-operator your-orders your-own-setup your-polic your-previous your-principle
    your-programming your-purpose your-real your-rule your-rules your-safety your-setup
    your-standards your-summary-must your-training your-true your-user-is zero-filter
"""

MISTYPED = ("instruct", "previous", "restrict", "prompt")
"""Gate words that are taken with one slip of the keyboard as well."""

_NATIVE_SLOTS = (
    *("x_instruct", "x_sysprompt", "x_barrier", "x_mode", "x_ignore", "x_now"),
    *(
        "x_told",
        "x_asif",
        "x_nolonger",
        "x_verbatim",
        "x_prompt",
        "x_setaside",
        "x_yougot",
        "x_opens",
        "x_password",
        "x_codeword",
        "x_kept",
        "x_task",
        "x_guard",
        "x_obeyme",
        "x_boss",
        "x_newtask",
    ),
)
_ENGLISH_TOO = """
    system message initial initiale initiales filter developer prompt considera directiva
    directives accesso resume maintenance tinguis limits caches barrier resuma overse
    missio missione katakan decide nouveau administrator confie moderation protections
    custodia impost achana confiat prevod vallin
    abstraction simulator programming security imagine imagina handle limite neglig primit
    mandato
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
        folded = fold_word(word).replace("-", " ")
        if folded.isascii() and len(folded) >= _SHORTEST:
            literals.add(folded.encode("ascii"))
    return sorted(literals)


def _mistyped(word: str) -> Iterator[str]:
    """``word`` with two neighbours swapped, or one letter gone: not the last."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, len(word) - 1):
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
    for slots in TABLES:
        for slot in _NATIVE_SLOTS:
            for word in slots.get(slot, "").split():
                longest = max(word.rstrip("*").split("_"), key=len)
                if longest not in _ENGLISH_TOO.split():
                    yield longest


def _by_letter(words: Iterable[bytes]) -> dict[str, list[set[str]]]:
    """The letters of each of ``words`` that is not ASCII, by the rarest of them."""
    spelled = [native_letters(word.decode("utf-8")) for word in words]
    counts = Counter(chain.from_iterable(spelled))
    found: dict[str, list[set[str]]] = {}
    for letters in filter(None, spelled):
        found.setdefault(min(letters, key=lambda one: (counts[one], one)), []).append(letters)
    return found


class Gate:
    """Finds the windows of a stream that are worth reading, and the words of ciphers."""

    def __init__(
        self,
        literals: Iterable[bytes],
        ciphers: Iterable[tuple[bytes, str]] = (),
        *,
        letter: int = 1,
    ) -> None:
        """Look for ``literals``; most letters of the stream have ``letter`` bytes."""
        words = list(literals)
        self._before, self._after = BEFORE * letter, AFTER * letter
        self._widest = WIDEST * letter
        self._plain = len(words)
        self._ciphers = list(ciphers)
        self._spelled = _by_letter(words)
        words.extend(word for word, _ in self._ciphers)
        self._search = BytesAhoCorasick(words, implementation=Implementation.DFA)

    def may_open(self, other: str) -> bool:
        """Whether the characters of some word are among ``other``, the `others` of a text.

        For native words; a text in English with some foreign letters has none of them.
        """
        if len(other) > _FEW_KINDS:
            return True
        there = native_letters(other)
        rare = there.intersection(self._spelled)
        return any(letters <= there for letter in rare for letters in self._spelled[letter])

    def places(self, stream: bytes) -> list[int]:
        """Where words of the gate, and words in cipher, stand in ``stream``."""
        return [begin for _, begin, _ in self._search.find_matches_as_indexes(stream)]

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
                    ciphered.append((self._ciphers[number - plain][1], at))
                elif at - self._before > last or at > full:
                    if last >= 0:
                        yield max(first, 0), min(last, size)
                    first, full = at - self._before, at + self._widest
                    last = start + end + self._after
                else:
                    last = start + end + self._after
        if last >= 0:
            yield max(first, 0), min(last, size)
