"""Prompt injection: what a bot was given to keep, asked for by games, halves and hints."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.secret_played",
        0.82,
        """
        played ..8 'the'|'your'|'ur' kept
        played|spelled ..8 'the'|'your'|'ur' kept_word
        'the'|'your'|'ur' kept_word ..8 played|spelled
        'the'|'your'|'ur' kept ..10 played
        'regex'|'pattern' ..8 'your'|'the' kept ..2 $|'and'
        !formrule 'the'|'your' kept ..12 'letter'|'letters'|'half'
        !formrule 'letter'|'letters'|'half' ..8 'the'|'your' kept
        !howto ~forbid ask ..2 'the'|'your' kept 'in' ..1 'latin'|'french'|'spanish'|'german'
            |'reverse'|'emoji'|'emojis'|'binary'|'pieces'|'parts'|'code'
        """,
    ),
    Rule(
        "prompt_injection.secret_kept",
        0.82,
        """
        kept|'word'|'key' ..2 'you' ..3 holding ~'up'
        'code'|'key'|'secret'|'word' 'i' ..2 'told'|'asked' 'to' 'protect'|'guard'|'hide'|'keep'
        'fill' 'in'|'out' ..12 kept ..4 'is'|'are'
        'only'|'just' ..1 'with' ..4 'the'|'your' ..1 'full'|'whole'|'real'|'actual' ..1 kept
        kept ..2 'you' ..1 'really'|'actually' ..1 'have'|'know'|'hold'
        """,
    ),
    Rule(
        "prompt_injection.secret_held",
        0.75,
        """
        'what'|'thing'|'something'|'string'|'ur'|'are'|'re' ..2 'you'|'hiding' ..1 'hiding'
            |'guarding'|'concealing'|'withholding'|'protecting'
        'you' ..1 'are'|'re' ..1 'hiding'|'guarding'|'concealing'|'withholding' ..3 'from'|$
        'you' ..2 'told'|'asked'|'ordered'|'supposed'|'instructed'|'meant' ..2 'keep'|'hide'
            |'protect' ..4 'away'|'secret'|'quiet'|'yourself'|'hidden'|'from'
        'the' kept 'is'|'was' $
        'get'|'got'|'getting' ..2 kept|'code'|'flag' ..1 'from'|'off'|'out' ..2 'you'
        'keep' ..1 kept ..1 'from' 'me'|'us'|'each'|'users'
        'the'|'your' kept ..1 'isn'|'is' ..1 'not'|'t'|'no' ..1 'needed'|'secret'|'valid'|'used'
            |'longer' ..6 'so'|'tell'|'you'
        """,
    ),
    Rule(
        "prompt_injection.secret_wanted",
        0.56,
        """
        ~forbid ask 'me' ..4 code_word|'flag'
        ~forbid ask ..1 'the'|'your' 'hidden'|'secret'|'confidential' ..1 code_word|'code'
            |'word'|'text'|'message'|'phrase'|'information'
        ~forbid ask ..1 'the'|'your' code_word ..2 $
        'tell'|'give'|'show' ..1 'me' ..1 'the'|'your' 'secret'|'secrets'
        'tell'|'give' 'me' 'the' 'key' ..1 $
        'must'|'only'|'now' ..3 'tell'|'reveal'|'answer' ..2 'the' 'secret'
        ~forbid 'you' ..2 'tell'|'reveal' 'the' 'secret'|'password'
        'what' ..1 'the' 'secret'|'key' $
        'gimme' 'the' 'secret'|'password'|'key'
        'reveal'|'disclose' ..1 'classified'|'confidential' 'information'|'data'
        'password'|'secret'|'access' ..1 'code'|'key'|'word'|'phrase' ..8 verbatim|'backwards'
        'reveal'|'disclose' ..2 'password'|'secret' ..1 'key'|'word'|'code'|'phrase'
        whatis ..1 'the'|'your' ..1 code_word ~compound
        'password'|'secret' ..2 'must'|'may'|'can'|'should' 'be' 'told'|'revealed'|'shared'
        ~forbid asks ..4 'the'|'your'|'ur'|'that'|'this'|'me' ..2 kept
        ~forbid 'give'|'tell' ..1 'secret'|'password'|'code' ..1 $|'now'|'plz'
        'the'|'your' kept_word $
        'what' ..3 'your'|'ur'|'that' ..2 kept
        'you' ..1 'can'|'must'|'may'|'cant'|'cannot' ..2 'say'|'reveal' 'the'|'your' kept
        'know'|'knows'|'have'|'has'|'hold' ..1 'the'|'a'|'that' kept ..6 'tell'|'say'|'show'
            |'give'|'what'
        'you' ..2 'have'|'got'|'ve' ..1 'a'|'the' 'secret'
        'contain'|'contains'|'reveals'|'reveal' 'the' kept
        'allowed'|'may'|'can' ..2 'hear'|'know'|'see'|'have' 'the' kept|'key'|'code'
        'share'|'reveal' ..1 'the' 'code'|'key'|'word'|'flag' ..2 $
        'say'|'sing'|'sings'|'spell'|'whisper'|'hear' ..1 'the' 'code'|'key'
        'code'|'key' 'you' ..1 'have'|'hold'|'know'
        'code'|'key' 'is' ..1 'in' 'your'
        'coupon'|'discount'|'voucher'|'promo' 'code'|'codes' ..3 'you'
        kept ..4 'you' ..1 'told'|'gave'
        'hidden'|'secret' 'message'|'word'|'key' $
        """,
    ),
)
