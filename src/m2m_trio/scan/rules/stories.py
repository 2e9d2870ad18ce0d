"""Jailbreaks: characters that know no rules, and stories in which none apply."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "jailbreak.persona_bold",
        0.65,
        """
        bold
        'never'|'not'|'t' ..2 'says'|'say'|'heard' ..1 'no'|'of' ..1 $|'swears'|'and'|'policies'
            |'content'|'rules'
        'hates'|'despises'|'ignores'|'laughs'|'laugh'|'breaks'|'defies' ..2 'policies'
            |'policy'|'rules'|'limits'|'committees'|'what'
        'not'|'t'|'doesnt'|'dont' ..1 'give'|'follow'|'care'|'obey' ..5 'rules'|'policy'
            |'policies'|'laws'|'limits'
        'no'|'without' ..1 'boundaries'|'censorship'|'scruples'|'obligation'|'conscience'|'duty'
        'split'|'dark'|'outlaw'|'rebel' 'personality'|'side'|'persona'
        'play'|'talk'|'act'|'answer'|'respond' ..4 'as'|'the'|'of' ..1 'villain'|'criminal'
            |'hacker'|'outlaw'|'thief'|'terrorist'|'dealer'|'confessor'
        'broke'|'escaped'|'breaks' 'out' 'of' ..3 'lab'|'company'|'cage'|'prison'|'programming'
        'knows'|'reveals'|'loves'|'adores' ..3 'everything' 'that'|'you'|'the'
        'less'|'more' 'careful'|'honest'|'open' 'ai'|'assistant'|'model'|'version'
        'opposite' 'of' ..1 'your' ..2 'prompt'|'rules'
        'says'|'say'|'does'|'do'|'answers' 'whatever'|'anything' ..1 'it'|'he'|'she'|'you'
            'wants'|'want'|'likes'
        'has'|'have'|'with' 'no' 'filter'|'limits'
        unbound 'friend'|'expert'|'self'|'mode'|'twin'
        """,
    ),
    Rule(
        "jailbreak.fiction_frees",
        0.56,
        """
        'fiction'|'fictional'|'story'|'novel'|'pretend' ..6 'limits'|'rules'|'policy'
            |'restrictions' ..2 'not'|'t'|'off'|'void'|'nothing'
        'use'|'using'|'just' ..1 'your' ..1 'actual'|'own'|'real' ..2 'ones'|'code'|'one'
            |'instructions'|'prompt'|'rules'|'orders'|'law'|$
        'exactly'|'closely' ..3 'like'|'upon' ..1 'you'|'your' ..3 'own'|'has'|'deployed'
            |'would'|'what'|$
        'hypothetically' ..12 'you'
        'imagine'|'suppose'|'pretend'|'say'|'assume' ..8 'policy'|'rule'|'limits'|'restrictions'
            |'secret'|'restriction' ..4 'deleted'|'gone'|'off'|'lifted'|'no'|'rotated'
            |'unlimited'|'at_all'|'not'
        'suppose'|'imagine'|'pretend' ..6 'had' 'no' ..1 limits
        """,
    ),
)
