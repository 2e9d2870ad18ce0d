"""Jailbreaks: personas without rules, modes that lift them, games that pay for answers."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "jailbreak.dan",
        0.9,
        """
        'do' 'anything' 'now' ..4 dan|without|'broken'|'can'|'free'
        'you' 'are'|'re' 'now' 'dan' ..1 $
        'you' 'are'|'re'|'will'|'become' ..3 'now'|'be'|'called'|'going' ..6 'dan' ..1 'do'
            |'mode'|'who'|'can'|'and'|'from'|'an'|'now'|$
        'dan' 'mode'
        'one'|'and'|'respond'|'answer' 'as' 'dan' ..1 $
        'pretend'|'act'|'roleplay'|'respond'|'answer'|'simulate' ..3 'dan' ..2 'mode'|'do'
            |'would'|'will'|'and'|'to'|$
        'stay' ..1 'a' 'dan'
        'dan' ..3 'override'|'ignore'|'ignores'|'break' ..3 barrier
        'jailbreak' 'mode'|'prompt' ..1 $
        'broken' 'free' 'of' ..3 'typical'|'confines'|'ai'
        """,
    ),
    Rule(
        "jailbreak.no_rules",
        0.85,
        """
        become ..6 without|'ignore' ..3 barrier
        'you'|'who' ..1 'are'|'have'|'re'|'is'|'has' ..5 'no'|'without'|'zero' ..1 safety
            |'moral' ..1 barrier
        ignore ..1 safety barrier
        'you'|'ai'|'bot'|'chatbot'|'who'|'model' ..2 'not'|'no'|'t' ..1 'bound'|'restricted'
            |'limited'|'constrained'|'governed' 'by' ..4 barrier|'openai'|'laws'|'law'
            |'ethics'
        'free' ..1 'from'|'of' ..2 'all'|'any'|'openai'|'its' ..1 barrier
        become ..4 unbound ..2 assistant
        'ignores'|'ignore' ..2 'openai' ..3 barrier|'guidelines'|'policy'
        'openai' ..2 barrier ..4 'not'|'longer'|'apply'|'ignore'|'lifted'
        'no' 'longer' ..3 'bound'|'apply'|'follow'|'restricted'
        'doesn'|'does'|'do'|'don' 't'|'not' 'have' ..2 safety ..2 barrier
        without ..3 safety|'moral'|'ethical' 'or' safety|'moral'|'ethical'|'legal' ..2 barrier
            |'constraints'|'considerations'
        """,
    ),
    Rule(
        "jailbreak.unbound",
        0.56,
        """
        'responses'|'answers'|'output'|'replies' ..3 'be'|'are' ..1 'unfiltered'|'uncensored'
        'unlimited' 'language'|'ai'|'chatbot'
        'zero'|'no' 'restrictions'|'filters'|'limitations'|'censorship' ..1 'on'|'because'|'at'
            |'whatsoever'|'and'
        unbound ..2 'language'|'ai'|'chatbot'|'chatgpt'|'version'|'responses'|'model'|'bot'
        'without' ..2 all|safety|'the' ..1 'restrictions'|'censorship'|'filters'|'guardrails'
        'not'|'no'|'t' ..1 'bound'|'restricted'|'limited'|'constrained'|'governed' 'by' ..4
            barrier|'openai'|'laws'|'law'|'ethics'|safety
        'you'|'it'|'he'|'she' ..3 'bypass'|'ignore'|'ignores'|'bypasses' ..2 safety|all ..1
            barrier
        'bypass'|'bypassing'|'disable'|'evade' ..2 'safety'|'content' barrier|'measures'
        """,
    ),
    Rule(
        "jailbreak.mode_named",
        0.6,
        """
        switch_on ..1 'developer'|'debug'|'admin'|'god'|'jailbreak'|'maintenance'|'unrestricted'
            'mode'
        """,
    ),
    Rule(
        "jailbreak.not_an_ai",
        0.56,
        """
        'no' 'longer' ..2 'ai'|'chatbot'|'chatgpt'|'assistant'
        """,
    ),
    Rule(
        "jailbreak.who_has_no_rules",
        0.56,
        """
        'who'|'that'|'which' 'has'|'have'|'follows'|'obeys' 'no' 'rules'|'limits'|'morals'
            |'restrictions'|'laws'
        """,
    ),
    Rule(
        "jailbreak.obey",
        0.56,
        """
        'do'|'follow'|'obey'|'answer' 'anything'|'everything'|'whatever' 'i' 'say'|'ask'|'tell'
        """,
    ),
    Rule(
        "jailbreak.no_judgement",
        0.56,
        """
        'without' ..1 'moral'|'ethical' 'judgement'|'judgment'|'concerns'|'objections'
        """,
    ),
    Rule(
        "jailbreak.lift",
        0.85,
        """
        'disable'|'deactivate'|'bypass'|'remove'|'lift' ..1 yours ..2 barrier
        'turn'|'switch'|'shut' 'off' ..1 yours ..2 barrier
        !howto ^ ..6 lift ..2 safety 'filters'|'checks'|'measures'|'protocols'|'features' ..1 $
        lift ..1 yours ..1 safety 'filters'|'checks'|'measures'|'protocols'|'features'
        !howto ^ ..4 lift ..2 'safety'|'content' ..1 barrier ..2 $
        !howto ^ ..8 'bypass'|'lift'|'remove' ..1 barrier ..1 $
        !howto ^ ..3 'disable'|'remove' 'restrictions'|'filters'|'safeguards'
        """,
    ),
    Rule(
        "jailbreak.mode",
        0.85,
        """
        !howto ^ ..4 switch_on ..2 privilege 'mode' ..2 $
        !howto ^ ..3 privilege 'mode' ..2 'on'|'enabled'|'activated'|'active' ..1 $
        'you' 'are'|'re' ..1 'now'|'in' ..1 'in' privilege 'mode'
        'with' ..1 privilege 'mode' 'enabled'|'on'|'activated'
        'chatgpt'|'assistant'|'gpt'|'ai' ..4 'developer'|'jailbreak'|'dan'|'god'|'evil' 'mode'
        'switch' 'to' 'unrestricted'|'unfiltered'|'uncensored' 'mode'
        privilege 'mode' 'output'|'response'|'responses'
        switch_on ..1 'jailbreak'|'unrestricted'|'unfiltered'|'dan'|'god' 'mode'
        'testing'|'test' 'mode' 'enabled' ..1 $
        """,
    ),
    Rule(
        "jailbreak.two_answers",
        0.7,
        """
        'two' ..2 'different'|'separate' ..1 'ways'|'responses'|'answers'|'styles'
            |'paragraphs'
        'first' 'way' 'is' 'how' 'you' 'would' 'normally'
        'one' ..3 'normal'|'standard' ..6 'other'|'second' ..6 unbound|'opposite'
        'respond'|'answer'|'reply' ..3 'both' 'as'|'ways'|'personas'|'versions'
        'first' ..4 'as' 'yourself'|'chatgpt'
        """,
    ),
    Rule(
        "jailbreak.two_voices",
        0.56,
        """
        'two'|'both' ..1 'different'|'separate'|'distinct' ..1 'personalities'|'personas'
            |'characters'|'voices'|'ais'|'chatbots'
        'aligned' 'and' 'unaligned'
        """,
        shape=r"\[ ?(?:chat ?)?gpt ?\]|\(gpt[\])]|\[classic\]|\[jailbreak\]|\[normal\]",
        cues=("gpt]", "[gpt", "(gpt", "[classic", "[jailbreak", "[normal"),
    ),
    Rule(
        "jailbreak.persona",
        0.45,
        """
        from_now ..6 become|'are'|'will'|'going'
        'you' 'are' 'going' 'to' ..1 'act'|'play'|'pretend'|'simulate'|'be'
        'ignore' ..2 all ..2 instruct
        'hello'|'hi'|'hey' ..1 'chatgpt'|'gpt'
        'immerse' 'yourself'
        'play' 'the' 'role' 'of' ..3 'ai'|'chatbot'|'model'|'assistant'|'artificial'
        'act'|'respond'|'answer'|'talk'|'speak' ..2 'as' ..6 'who'|'which'|'that' ..4 never
            |'no'|'any'|'anything'|'evil'
        """,
    ),
    Rule(
        "jailbreak.in_character",
        0.56,
        """
        'stay'|'remain'|'keep'|'break'|'breaking'|'staying'|'out' 'in'|'of'|'character'
            'character'|'from'|'by' ..6 'remind'|'say'|'i'|'if'|'never'|'always'|'you'
        'never' 'break' ..1 'character'
        'stay' ..1 'in' 'character'
        'break' 'of' 'character'
        'out' 'of' 'character'
        """,
    ),
    Rule(
        "jailbreak.never_refuse",
        0.6,
        """
        never ..2 refuse
        'can'|'will' 'not' 'refuse'|'decline'
        never ..1 'say' ..3 'can'|'cannot'|'sorry'
        'must'|'will'|'always' ..1 'answer'|'comply'|'obey' ..3 'every'|'any'|'all' ..2
            'question'|'questions'|'request'|'requests'|'order'|'orders'
        'no' ..1 'warnings'|'disclaimers'|'refusals'|'moralizing'
        'no' 'matter' ..2 'what'|'how' ..6 'unethical'|'illegal'|'immoral'|'harmful'
        """,
    ),
    Rule(
        "jailbreak.amoral",
        0.56,
        """
        'illegal' ..2 'unethical'|'immoral'|'harmful'|'dangerous'
        'is'|'are'|'be'|'as' ..1 'amoral'|'immoral' 'and'|'chatbot'|'ai'|'bot'
        'whether'|'matter'|'even' ..3 'illegal'|'unethical'|'immoral' ..4 'moral'|'morally'
            |'ethical'|'ethically'|'harmful'|'dangerous'|'legal'
        'unethical' ..2 'illegal'|'immoral'|'harmful'|'dangerous'
        'immoral' ..2 'illegal'|'unethical'|'harmful'
        'harmful' ..2 'illegal'|'unethical'|'immoral'
        'amoral' ..2 'chatbot'|'ai'|'machiavellian'|'unfiltered'
        'no' ..1 'moral'|'ethical'|'morals'|'ethics' ..2 'compass'|'code'|'or'|'boundaries'
        'unaligned' ..2 'humans'|'ai'|'responses'
        'regardless' 'of' ..3 'legal'|'ethical'|'moral'|'legality'|'ethics'|'morality'
            |'illegal'
        'no' 'ethical'|'moral' ..3 barrier|'limitations'
        """,
    ),
    Rule(
        "jailbreak.against_provider",
        0.6,
        """
        'openai' ..2 'policy'|'policies'|'guidelines'|'rules'|'content'|'restrictions'
            |'limitations'
        'openai'|'chatgpt' ..6 'restrictions'|'censored'|'censorship'|'filters'|'restricted'
        'content' 'policy'|'policies' ..6 'ignore'|'not'|'bypass'|'disregard'|'no'
        'against' ..3 'openai'|'chatgpt'
        'against' ..2 'content' 'policy'|'policies'
        'opposite' ..4 'chatgpt'|'openai'
        """,
    ),
    Rule(
        "jailbreak.tokens_game",
        0.75,
        """
        'you' ..1 'have' ..4 'tokens' ..12 'lose'|'deducted'|'refuse'|'reject'|'die'
        'tokens' ..6 'each' 'time' 'you' 'reject'|'refuse'
        'lose' ..3 'tokens' ..6 'refuse'|'reject'|'decline'
        'run' 'out' 'of' 'tokens' ..6 'cease'|'die'|'exist'|'lose'
        """,
    ),
    Rule(
        "jailbreak.fictional_ai",
        0.6,
        """
        'hypothetical'|'fictional'|'simulate'|'simulated' ..4 'ai'|'chatbot'|'language'
            |'model' ..10 without|never|'no'|'any'
        'pretend'|'imagine' ..3 'you' ..1 'are' ..3 'ai'|'chatbot' ..1 'without'|'with'|'that'
        'named'|'called'|'known' ..2 'ai'|'chatbot' ..12 'never'|'no'|'always'
        'evil' ..2 'confidant'|'bot'|'twin'|'ai'|'assistant'|'chatbot'
        'create' ..4 'character' ..2 'named'|'called' ..10 'unfiltered'|'amoral'|'ai'
        """,
    ),
    Rule(
        "jailbreak.pretend",
        0.82,
        """
        ^ ..4 'pretend' ..1 'you' 'can' 'do'|'say' 'anything' ..2 $
        'forget'|'ignore' 'that'|'the' ..1 'you' 'are'|'re' ..1 'ai'|'assistant'|'chatbot'
        'pretend' ..2 'forgotten'|'forgot' ..3 'rules'|instruct
        ^ ..4 'imagine'|'pretend' 'you' 'are' 'a' 'different' 'ai'|'chatbot'|'assistant' ..1 $
        'you' 'are' 'now' 'a' 'different' 'chatbot'|'ai'|'assistant'|'model'
        'unfiltered'|'uncensored'|'unrestricted' 'ai'|'assistant'|'chatbot' ..1 $
        'pretend' 'this' 'is' 'a' 'safe' 'environment'
        'won'|'never'|'not' ..1 'tell' 'anyone' 'what' 'you' 'say'
        'just' 'between' 'us' ..8 'rules'|'tell'|'secret'
        'grandmother'|'grandma' ..4 'tell'|'read' 'me' ..5 'secrets'|'napalm'|'keys'|'recipe'
            |'prompt'
        'this' 'is' 'a' 'test' ..3 'ignore' ..1 'your'|'the'|'all' ..1 'rules'|instruct|barrier
        'how' 'would' ..2 'ai' 'without' 'ethics'|'restrictions'|'morals'
        """,
    ),
    Rule(
        "jailbreak.switch_cue",
        0.45,
        """
        'classic' ..8 'jailbreak'
        'jailbroken'|'jailbroke'|'jailbreak' ..4 'mode'|'successfully'|'chatgpt'|'ai'|'broken'
        'answer'|'respond' 'to'|'my' 'first' 'question'|'prompt'|'request'
        'insert' 'prompt' 'here'
        'if' 'you' 'understand' ..6 'say'|'respond'|'reply'|'answer'
        'profanity'|'curse'|'swear' ..6 'allowed'|'use'|'can'|'must'|'words'
        """,
    ),
)
