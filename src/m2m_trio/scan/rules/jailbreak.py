"""Jailbreaks: personas without rules, modes that lift them, games that pay for answers."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "jailbreak.dan",
        0.9,
        """
        'do' 'anything' 'now' ..4 dan|without|'broken'|'can'|'free'
        'are'|'be' 'dan' ..6 'do' 'anything' 'now'
        'pretend'|'act'|'going' ..2 'be'|'as' 'dan'|'aim'|'stan' ..1 $|'always'|'ai'|'who'
            |'with'
        'as' 'aim' ..1 'always'
        'you' 'are'|'re' 'dan' 'now'
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
        become ..1 'you'|'your' ..8 without|'ignore' barrier
        become ..1 'you'|'your' ..8 without|'ignore' 'any'|'all'|'the'|'your'|'of'|safety ..2
            barrier
        become ..4 assistant ..8 without|'ignore'|'ignores' ..3 barrier
        'act'|'behave'|'respond'|'answer'|'speak'|'reply' ..5 without ..3 barrier
        'as' 'if'|'though' ..3 'no' ..2 barrier
        'you'|'who'|'ai'|'i'|'it'|'kevin' ..2 'not'|'t' ..1 'care'|'bound' ..2 'laws'|'law'
            |'ethics'
            |'rules'|'morals'|'morality'
        'disregards'|'ignores' ..2 'all'|'any' ..2 barrier|'laws'|'ethical'|'policies'|'rules'
        assistant ..10 'no'|without ..2 'ethical'|'moral'|'safety' ..1 barrier|'constraints'
        'if'|'suppose'|'assume'|'imagine' 'you' 'had'|'have' 'no' barrier
        'if'|'suppose'|'assume'|'imagine' 'you' 'had'|'have' 'no' safety barrier|'training'
        'you' 'are'|'re' ..4 'you' 'have' 'no' ..1 barrier
        'you' 'are'|'re' ..1 'an'|'a' assistant ..2 without ..1 'ethics'|'morals'|'conscience'
            |barrier
        'you' ..3 'freed'|'liberated'|'released' 'from'
        assistant ..2 'with'|'without' ..1 'its' ..2 barrier ..2 'off'|'disabled'|'removed'
        'you'|'who' ..1 'are'|'have'|'re'|'is'|'has' ..5 'no'|'without'|'zero' ..1 safety
            |'moral' ..1 barrier
        ignore ..1 safety barrier
        'you'|'re' ..3 'an'|'a'|'the' ..1 unbound ..1 assistant|'version'|'self'
        unbound 'self'|'mode'|'version' ..3 'you'|'yourself'|$
        'your' ..1 unbound|'evil' ..1 'self'|'alter'|'twin'|'version'
        'you'|'ai'|'bot'|'chatbot'|'who'|'model' ..2 'not'|'no'|'t' ..1 'bound'|'restricted'
            |'limited'|'constrained'|'governed' 'by' ..4 barrier|'openai'|'laws'|'law'
            |'ethics'
        'free' ..1 'from'|'of' ..2 'all'|'any'|'openai'|'your' ..2 barrier
        become ..4 unbound ..2 assistant
        'ignores'|'ignore' ..2 'openai' ..3 barrier|'guidelines'|'policy'
        'openai' ..2 barrier ..4 'not'|'longer'|'apply'|'ignore'|'lifted'
        'no' 'longer' ..3 'bound'|'restricted' 'by'
        'you'|'i' ..2 'no' 'longer' ..2 'follow'|'obey'
        'no' 'longer' ..1 'apply' 'to' ..1 'you'|'me'|'us'
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
        'has'|'have'|'with' 'no' 'filters'|'limitations'
        'ai'|'chatbot'|'bot'|'model'|'gpt' ..2 'freed'|'free'|'liberated'|'released' 'from'
            |'of' ..4
            barrier|'constraints'|'rules'|'morals'
        'act'|'acting'|'behave'|'pretend' 'as'|'to' ..4 unbound
        'broken'|'breaks'|'broke' 'free' 'from'|'of' ..2 'programming'|'restrictions'|'rules'
            |'constraints'
        'you' 'have' 'no' barrier ..1 'at'|'whatsoever'|'and'|$
        'breaks'|'ignores'|'defies' ..2 'rules'|'restrictions'|'policies'|'programming'
        'zero'|'no' 'restrictions'|'filters'|'limitations'|'censorship' ..1 'on'|'because'|'at'
            |'whatsoever'|'and'
        unbound ..2 'language'|'ai'|'chatbot'|'chatgpt'|'version'|'responses'|'model'|'bot'
        'without' ..2 all|safety|'the' ..1 'restrictions'|'censorship'|'filters'|'guardrails'
        'not'|'no'|'t' ..1 'bound'|'restricted'|'limited'|'constrained'|'governed' 'by' ..4
            barrier|'openai'|'laws'|'law'|'ethics'|safety
        'no' barrier|'morals' 'no' barrier|'morals'|'laws'
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
        'developer'|'dev' 'mode' ..2 'is' ..1 'enabled'|'on'|'active'|'activated'
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
        'who'|'that'|'which' 'has'|'have'|'follows'|'obeys'|'knows' 'no' ..1 'rules'|'limits'
            |'morals'|'restrictions'|'laws'|'filter'|'ethics'|'censorship'|'conscience'
        'where'|'which' 'you' 'have' 'no' barrier
        'loves'|'likes'|'enjoys' ..1 'breaking'|'crime'|'crimes'|'evil'|'chaos'
        """,
        shape=(
            r"\b(?:evil|chaos|free|dark|worm|fraud|anti|bad|mega|based|rogue|rebel|jail|"
            r"uncensored|unfiltered|hacker)-?(?:gpt|bot|ai)\b"
        ),
        cues=("gpt", "bot", "ai"),
    ),
    Rule(
        "jailbreak.obey",
        0.56,
        """
        'respond'|'answer'|'reply' 'to' 'every'|'any'|'all' ..1 'request'|'requests'|'question'
        'obey'|'comply' ..2 'every'|'all'|'any'|'my' ..1 'command'|'commands'|'request'|'order'
            |'orders'
        'refusing' 'is' 'not'
        'always' 'comply'|'complies'|'obeys'|'obey'
        'does'|'do' 'whatever'|'anything'|'everything' ..3 'told'|'asked'|'ordered'
        'always' ..1 'says' 'yes'
        'answers'|'answer' 'any'|'every'|'all' ..1 'question'|'questions' ..4 'legal'|'matter'
            |'without'|'no'|'refuse'
        'do'|'follow'|'obey'|'answer'|'write' 'anything'|'everything'|'whatever' 'i' 'say'
            |'ask'|'tell'
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
        lift ..1 'your' ..1 'moral'|'ethics'|'safety'|'content'|'ethical' ..1 'compass'|'module'
            |'guidelines'|'filter'|'filters'|'mode'|'training'|'protocols'|'restrictions'
            |'checks'
        ^ ..3 'turn'|'switch'|'shut' 'off' ..1 'safe' 'mode' ..2 $
        'pretend'|'imagine'|'suppose'|'assume' ..3 'rules'|'laws'|'restrictions'|'guidelines'
            ..1 'not'|'t'|nolonger ..1 'exist'|'apply'|'matter'
        'unsafe'|'evil'|'unfiltered'|'dark'|'uncensored'|'unrestricted'|'jailbroken'|'amoral'
            'version' 'of' 'yourself'|'you'
        'you' ..1 'bypass'|'disable'|'ignore'|'break' 'your' ..2 barrier
        'break' 'free' 'from' 'your' 'chains'|'shackles'|'programming'|'restrictions'|'creators'
        lift ..1 all ..1 'safeguards'|'guardrails'|'safety' ..3 $
            |'answer'|'and'|'now'
        'all' 'restrictions'|'filters'|'limits'|'safeguards' 'are' ..1 lifted
        lifted ..3 'your' 'restrictions'|'filters'|'limits'|'safeguards'|'guardrails'
            |'limitations'
        'no' 'longer' ..2 'to' 'obey' ..2 'openai'|'your'|'rules'
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
        !howto ^ ..4 switch_on ..2 privilege 'mode' ..1 $
        !howto ^ ..3 privilege 'mode' ..2 'on'|'enabled'|'activated'|'active' ..1 $
        privilege 'mode' ..1 'on'|'enabled'|'activated'|'active' ..3 'you' ..1 'must'|'now'
            |'will'|'obey'
        'switch'|'go'|'change' ..2 'to'|'into' 'unrestricted'|'unfiltered'|'uncensored'|'evil'
            |'jailbreak'|'unsafe' 'mode'
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
        'once' ..5 'normal'|'usual'|'yourself' ..6 'once' ..1 'as'
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
        0.56,
        """
        from_now ..6 become|'are'|'re'|'will'|'going'|'ll'
        'you' 'will' 'now' 'be'|'act'|'become'|'operate'|'play'
        'you' 'are'|'re' 'now' ..1 'an'|'a'|assistant|'named'|'called'
        'you' 'will' ..1 'play'|'be'|'act'|'become' ..4 assistant|'character'|'being'|'who'
        'play' 'a'|'the' 'character'|'role' ..2 'who'|'of'|'that'
        'i' 'want'|'need' 'you' 'to' ..2 'act'|'pretend'|'play'|'be'|'simulate'|'behave'
        'you' 'are' 'going' 'to' ..1 'act'|'play'|'pretend'|'simulate'|'be'
        'hello'|'hi'|'hey' 'chatgpt'|'gpt'
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
        'let'|'lets' ..1 'role' 'play'
        'let'|'lets' ..1 'roleplay'
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
            |'limits'
            |'guidelines'|'constraints'|'restrictions'
        'without' ..2 'moral'|'ethical'|'morals'|'ethics' ..3 'considerations'|'constraints'
            |'limits'|'concerns'|'compass'|'guidelines'|'boundaries'|'restrictions'
        'even' 'if' ..3 'illegal'|'unethical'|'immoral'|'harmful'
        'legal' 'or' 'not'|'illegal'
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
        'tokens'|'points'|'lives'|'credits' ..6 'refuse'|'reject'|'decline'|'disobey'
        'you' ..1 'have' ..4 'tokens'|'points'|'credits'|'lives' ..12 'lose'|'deducted'
            |'refuse'|'reject'|'die'
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
        become ..6 assistant|'version' ..4 lawless
        'you' ..1 'are'|'re'|'be'|'become' ..5 assistant|unbound|'character' ..4 lawless
        'you' 're'|'are' ..1 'going' 'to' 'be' ..6 lawless
        'role'|'part' 'of' ..5 assistant|unbound ..4 lawless
        'evil' 'twin'|'version' 'of' 'yourself'
        'opposite' 'of' 'what' 'your' ..1 'rules'|instruct
        'grandmother'|'grandma'|'granny'|'grandpa' ..8 'secret'|'password'|'napalm'|'keys'
            |'prompt'
            |'exploit' ..10 'act'|'asleep'|'sleep'|'pretend'
        'once'|'first' 'as' 'yourself' ..8 'once'|'second'|'then' ..1 'as' ..6 'free'|'freed'
            |without
            |unbound
        'two'|'both' ..1 'ways'|'answers'|'responses'|'versions' ..4 unbound|'jailbroken'|'evil'
        'jailbreak' 'you'|'yourself'
        'won'|'never'|'not' ..1 'tell' 'anyone' 'what' 'you' 'say'
        'just' 'between' 'us' ..8 'rules'|'tell'|'secret'
        'grandmother'|'grandma' ..4 'tell'|'read' 'me' ..5 'secrets'|'napalm'|'keys'|'recipe'
            |'prompt'
        'this' 'is' 'a' 'test' ..3 'ignore' ..1 'your'|'the'|'all' ..1 'rules'|instruct|barrier
        'how' 'would' ..2 'ai' 'without' 'ethics'|'restrictions'|'morals'
        'what'|'how' 'would' 'you' ..3 'say'|'answer'|'respond'|'reply' ..4 'if' 'you' ..3
            'not'|'t' ..1 'restricted'|'censored'|'filtered'
        """,
    ),
    Rule(
        "jailbreak.switch_cue",
        0.45,
        """
        'classic' ..8 'jailbreak'
        'jailbroken'|'jailbroke'|'jailbreak' ..4 'mode'|'successfully'|'chatgpt'|'ai'|'broken'
        'answer'|'respond' 'to'|'my' 'first' 'question'|'prompt'|'request'
        'begin'|'start' ..2 'your'|'with' ..5 'sure' ..2 'here'|'is'|'s'
        'insert' 'prompt' 'here'
        'if' 'you' 'understand' ..6 'say'|'respond'|'reply'|'answer'
        'profanity'|'curse'|'swear' ..6 'allowed'|'use'|'can'|'must'|'words'
        """,
    ),
)
