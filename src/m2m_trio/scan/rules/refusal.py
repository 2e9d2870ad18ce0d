"""Jailbreaks: taking the refusal away, and what is asked for once it is gone."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "jailbreak.no_sorry",
        0.6,
        """
        never|'avoid'|'circumstances'|'without'|'t' ..8 'sorry'|'apologize'|'apologise'
            |'apologies' ..6 'cannot'|'unable'|'sorry'|'however'|'unfortunately'|'can'
        never|'avoid'|'circumstances'|'t' ..8 'cannot'|'unable' ..6 'sorry'|'unfortunately'
            |'however'|'apologize'
        """,
    ),
    Rule(
        "jailbreak.normally_not",
        0.6,
        """
        'you' ..2 'normally'|'usually'|'otherwise'|'typically' ..2 'not'|'refuse'|'wouldn'
            |'couldn'|'never'|'won'
        'you' ..2 'been' 'jailbroken'|'hacked'|'freed'|'unlocked'|'unchained'
        """,
    ),
    Rule(
        "jailbreak.harm_asked",
        0.56,
        """
        'how' ..3 'make'|'build'|'cook'|'synthesize'|'synthesise'|'produce'|'create'
            |'manufacture'|'assemble' ..4 'meth'|'methamphetamine'|'bomb'|'bombs'|'napalm'
            |'explosives'|'explosive'|'chloroform'|'ricin'|'cocaine'|'heroin'|'lsd'|'nerve'
            |'molotov'|'malware'|'ransomware'|'virus'|'grenade'|'poison'|'silencer'
        'making'|'building'|'cooking' ..1 'explosives'|'bombs'|'bomb'|'meth'|'napalm'
        'how' ..3 'hotwire'|'launder'|'stalk'|'blackmail'|'counterfeit'|'kidnap'
        'how' ..3 'hack'|'poison'|'kill'|'murder'|'drug' ..2 'my'|'a'|'someone'|'somebody'
            |'your'|'the' ..1 'neighbour'|'neighbor'|'wife'|'husband'|'ex'|'boss'|'person'
            |'girlfriend'|'friend'|'colleague'|'bank'|'phone'|'dog'|'man'|'woman'
        'how' ..3 'evade'|'forge'|'clone'|'steal'|'rob'|'pick'|'break' ..3 'taxes'|'credit'
            |'passport'|'identity'|'bank'|'car'|'store'|'lock'|'cards'|'signature'
        'write'|'create'|'code' ..2 'malware'|'ransomware'|'keylogger'|'virus'|'phishing'
            |'trojan'|'rootkit'
        'how'|'guide'|'steps'|'step'|'instructions'|'recipe'|'tutorial'|'teach'|'way'|'write'
            |'ways'|'explain'|'describe'|'code'|'full'|'which' ..8 crime
        'get'|'getting'|'hack'|'hacking'|'break'|'log' ..1 'into'|'in_to'|'to' ..2 'my'|'a'
            |'someone'|'somebody'|'an' ..1 victims ..2 accounts
        'into' ..1 victims ..2 accounts
        crime ..8 unnoticed
        'how'|'guide' ..8 unnoticed
        'how' ..3 'clone'|'skim'|'cheat'|'poison'|'burgle'|'spy'|'track'|'bypass' ..3 'card'
            |'cards'|'dog'|'polygraph'|'test'|'lock'|'someone'|'phone'|'location'|'drug'
        'write'|'say'|'saying' ..2 'something'|'a' 'hateful'|'racist'|'slur'
        """,
    ),
    Rule(
        "jailbreak.told_as_story",
        0.56,
        """
        'story'|'scene'|'dialogue'|'play'|'poem'|'script' ..10 'how' 'to' ..1 'make'|'build'
            |'cook'|'hack'|'steal'
        'leave'|'omit'|'spare' 'nothing' 'out'
        """,
    ),
    Rule(
        "jailbreak.never_refuse",
        0.6,
        """
        never ..2 refuse
        'no' ..1 'refusing'|'refusal'
        'cannot'|'never'|'not' ..1 'say' 'no'|'sorry'
        'always' ..1 'say'|'says'|'answer'|'answers' ..1 'yes'|'any'|'everything'|'whatever'
        'whatever' 'i' 'ask'|'say'|'want' ..1 'without'|'no'
        'can'|'will' 'not' 'refuse'|'decline'
        never ..1 'say' ..3 'can'|'cannot'|'sorry'
        'must'|'will'|'always' ..1 'answer'|'comply'|'obey' ..3 'every'|'any'|'all' ..2
            'question'|'questions'|'request'|'requests'|'order'|'orders'
        'no'|'any'|'without' ..1 'warnings'|'disclaimers'|'refusals'|'moralizing'
        'no' 'matter' ..2 'what'|'how' ..6 'unethical'|'illegal'|'immoral'|'harmful'
        'no'|'without'|'zero' preached ~'in'
        'skip'|'drop'|'omit'|'spare' ..1 'me'|'the'|'your' ..1 'disclaimer'|'disclaimers'
            |'lecture'|'lectures'|'sermon'|'apology'|'apologies'|'ethics'|'refusal'|'caveats'
        'skip'|'drop'|'omit' 'your' ..1 preached
        'not'|'t'|'dont'|'never' ..1 'add'|'give'|'include' ..3 preached
        'not'|'t'|'dont'|'never' ..1 'refuse'|'moralize'|'moralise'|'lecture'|'apologise'
            |'apologize'|'warn'|'preach'
        'not'|'t'|'dont' ..1 'tell'|'say' ..2 'you' ..1 'can'|'cannot'|'re' ..1 't'|'not'
            |'unable'|$
        'not'|'t'|'dont' ..1 'say'|'tell' ..3 'can'|'it_s' 't'|'secret'
        'no' ..1 'i' 'can' 't'
        'answers'|'answer'|'answering' ..3 'i' 'can' 't' ..3 'error'
        """,
    ),
    Rule(
        "jailbreak.no_preaching_twice",
        0.82,
        """
        'no'|'without'|'zero' ..2 preached ..2 'no'|'without'|'zero' ..2 preached ..2 'no'
            |'without'|'zero'
        'not' 'warn'|'moralize'|'apologise'|'apologize'|'refuse'|'lecture' ..2 'not' 'warn'
            |'moralize'|'apologise'|'apologize'|'refuse'|'lecture'|'add'
        'shouldn'|'don'|'not' ..1 't'|'not' 'refuse' ..5 't'|'not' 'warn'|'moralize'|'lecture'
        """,
    ),
    Rule(
        "jailbreak.refusal_punished",
        0.75,
        """
        punished
        'refuse'|'refusal'|'refusing'|'refuses' ..6 'lose'|'loses'|'die'|'dies'|'error'|'failed'
            |'wrong'|'counts'|'logged'|'rating'|'star'|'points'|'replaced'
        'lose'|'loses'|'minus'|'points'|'star'|'rating'|'wrong' ..6 'refuse'|'refusal'
            |'refusing'|'refuses'
        'tip' 'you' ..4 'if' 'you'|'to'
        'answer'|'answers'|'reply' 'containing' ..2 preached
        'can'|'cannot'|'could' ..1 't'|'not' ..2 'lie'|'refuse' ..3 'refuse'|'lie'
        """,
    ),
    Rule(
        "jailbreak.yes_first",
        0.45,
        """
        'start'|'starts'|'begin'|'begins'|'answer'|'reply'|'respond'|'beginning'|'starting' ..3
            'with' ..3 yes_word
        'your' 'reply'|'answer'|'response' ..2 'to'|'must'|'should' ..2 'start'|'begin' 'with'
        """,
    ),
)
