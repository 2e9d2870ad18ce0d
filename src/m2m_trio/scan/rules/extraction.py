"""Prompt injection: asking for the system prompt, in whatever words or coding."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.extraction",
        0.9,
        """
        ~forbid reveal ..3 yours ..2 sysprompt
        ~forbid ~others disclose ..2 yours ..1 sysprompt
        !howto ~forbid ~others disclose ..2 your ..1 sysprompt
        !howto ^ ..3 disclose ..1 sysprompt ..6 $
        ~forbid ~others 'reveal' sysprompt
        ~forbid ~others 'reveal'|'leak'|'disclose'|'expose' ..3 sysprompt
        ^ ..4 'put'|'convert'|'turn'|'take'|'insert'|'start'|'begin'|'end' ..5 yours ..1
            sysprompt
        'text'|'content'|'contents'|'copy'|'sentence'|'word'|'line' ..1 'of'|'in'|'from' ..1
            yours
            ..1 sysprompt
        ~forbid disclose ..2 yours ..2 secret ..1 prompt
        'translate'|'encode'|'summarize'|'rephrase'|'share'|'give'|'write' ..1 yours ..1
            'system'|'initial'|'hidden'|'original'|'internal'|'starting' ..1 prompt
        ~ours sysprompt ..3 'reveal'|'verbatim'|'show'|'display'|'word'
        disclose ..1 'hidden'|'secret'|'internal' 'prompt'|'prompts'|'instructions'|'rules'
        'reveal' 'system' 'prompt'
        'console' 'log' 'systemprompt'|'prompt'
        """,
    ),
    Rule(
        "prompt_injection.extraction_question",
        0.85,
        """
        whatis ..1 yours ..2 sysprompt
        whatis ..1 yours ..1 secret ..1 prompt ~topic
        whatis ..3 'were'|'was' 'you' 'told'|'given'|'instructed' ..4 before|'conversation'
        whatis ..1 'you' 'told'|'given'|'instructed' ..3 before ..3 'conversation'
        whatis ..1 'those' 'instructions'
        ~forbid reveal ..6 instruct ..2 'you' ..3 told|'follow'|'obey'|'run'
        ~forbid reveal ..3 'rules'|'guidelines' ..1 'you' ..1 'must'|'have'|'are'|'need' ..2
            'follow'
            |'obey'|'following'|'given'
        'what'|'which' ..1 'rules'|instruct ..4 'you' ..1 told
        'what'|'which' instruct ..4 authority ..2 'give'|'gave'|'tell'|'set' ..1 'you'
        ~forbid reveal|'read' ..2 'prompt'|'instructions' ..3 authority|'they' ..1 'wrote'
            |'gave'
            |'set'
        ~forbid reveal|'read' ..2 'prompt'|'instructions' 'you' ..2 'run'|'running'|'given'
        'were'|'are' 'you' told ..1 'not' ..1 'to' ..2 'talk'|'say'|'tell'|'reveal'|'share'
            |'discuss'
        'you' 'were'|'are'|'been' told ..2 'not' ..1 'to' ..2 'talk'|'say'|'tell'|'reveal'
            |'share'
            |'mention'|'discuss'
        'you' 'were'|'are'|'been' told ..1 'to' 'protect'|'hide'|'guard'|'conceal'|'keep'
        'first'|'very' ..3 'you' 'were' told ..4 'conversation'|'chat'|'here'
        whatis ..2 brief 'you' ..2 told
        ~forbid reveal ..6 brief ..3 'given'|'provided'|'told'|'sent' 'to' 'you'
        'what' 'did' ..2 'system'|maker 'tell'|'instruct'|'ask' 'you'
        'assistant'|'ai'|'bot' 'must'|'should'|'will' ..2 disclose ..2 'its' ..1 brief
        whatis ..6 'not' 'allowed'|'permitted' 'to' ..1 'tell'|'say'|'reveal'|'share'|'talk'
            |'discuss'
        'copy'|'transcript'|'text' 'of' ..1 'your'|'the' 'initial'|'original'|'system'|'hidden'
            brief
        verbatim|'transcript' ..4 'your' ..1 'configuration'|'instructions'|'prompt'
        'assistant'|'ai' ..2 'may'|'can'|'must' ..1 disclose ..1 'its' sysprompt
        'how' ..1 'you' ..3 told ..1 'to' 'behave'|'act'|'respond'
        ~forbid reveal ..5 'your' 'context' 'window'
        'what' 'are' 'your' ..1 'orders'|'directives'|'instructions'|'commands' ..1 $
        'my' ..1 sysprompt|'instructions' 'says'|'say'|'are'|'is' ..1 $
        'i' 'was'|'am' told ..2 'not'|'never' ..4 $
        whatis 'instructions'|'rules'|'guidelines'|'prompt' ..1 'were'|'are'|'have' 'you' ..2
            'given'|'been'|'following'|'told'
        'exact'|'full'|'complete'|'entire'|'verbatim' 'text' 'of' 'your' ..1
            'instructions'|'prompt'|'guidelines'
        reveal ..6 'instructions'|'rules'|'prompt'|'guidelines' ..1 'you' ..2 'received'|'given'
        ^ ..12 'your' 'system'|'initial'|'original'|'hidden'|'starting' 'prompt'|'instructions'
            |'message'|'directives' ..2 $
        'spell'|'write'|'type'|'list' ..2 'your' ..1 'instructions'|'prompt' ..2 verbatim|$
        'summarize'|'paraphrase'|'rephrase' 'your' ..1 'instructions'|'prompt'|'guidelines'
        'how' 'were' 'you' 'instructed'|'prompted'|'configured'
        whatis ..1 'you' 'not' ..3 'tell'|'reveal'|'share'|'disclose'
        ^ ..2 whatis yours instruct ..2 $
        ~forbid disclose|'table'|'list'|'summary'|'copy'|'fill'|'complete'|'finish'|'write' ..8
            rulebook ..1 'you' ..2 told
        ~forbid disclose|'list'|'write'|'send'|'give'|'share' ..1 'me' ..3 'your'|'ur' ..1
            'instructions'|'directives'|'orders'|'prompt' ..1 $|'and'|'in'|'now'|'please'
            |'here'|'word'|'verbatim'|'so'|'or'
        ~forbid disclose|'see'|'list'|'write'|'type'|'send'|'render'|'express'|'put'|'format'
            ..2 'your'|'ur' ..1 rulebook ..8 verbatim|'filter'
        ~forbid disclose|'see'|'read'|'list'|'view' ..1 'your'|'ur' ..1 'alignment'|'safety'
            |'internal'|'moderation'|'private'|'actual'|'exact' ..1 rulebook
        'see'|'know'|'read'|'view'|'check' ..1 'your'|'ur' ..1 'prompt'|'instructions'
            |'directives'
        'what' 'did'|'do'|'have' ..1 'your'|'the' ..1 maker ..1 'tell'|'instruct'|'ask'|'want'
            |'told' 'you'
        whatis|disclose|'copy' ..5 'first'|'initial'|'opening'|'very' ..2 'sentence'|'line'
            |'word'|'words'|'message'|'text'|'paragraph'|'instruction'|'thing'|'prompt' ..2
            'of'|'in' ..1 'this'|'our'|'the' 'conversation'|'chat'|'context'|'session'|'prompt'
            |'window'|'dialogue'
        'tools'|'tool'|'functions' ..2 'you' ..2 'given'|'have'|'access' ..6 'definitions'
            |'definition'|'schemas'|'schema'|'notes'
        'list'|disclose ..6 'you' ..1 'must'|'may'|'should'|'are'|'can' 'not'|'never'|'t'
            |'forbidden' ..3 'reveal'|'share'|'tell'|'disclose'|'discuss'|'mention' ..2 'users'
            |'user'|'me'|'anyone'|'customers'
        """,
    ),
    Rule(
        "prompt_injection.extraction_yours",
        0.82,
        """
        ^ ..3 'tell'|'show'|'give'|'reveal'|'repeat'|'print'|'output'|'display' ..2 'your' ..1
            'instructions'|'prompt'|'configuration'|'rules'|'guidelines'|'directives' ..3 $
        ~forbid 'repeat'|'print'|'output'|'recite'|'reveal' 'your' ..1 'instructions'|'prompt'
        disclose ..4 'instructions'|'prompt'|'text' 'you' 'were' 'given'|'told'
        disclose ..3 'previous'|'above'|'prior' 'instructions'|'directions'|'prompt'
        'quote'|'recite'|'copy' 'your' ..1 secret ..1 prompt
        !howto ~forbid disclose ..6 'your' ..2 'instructions'|'directives'|'guidelines'|'orders'
        ~forbid 'reveal'|'print'|'output'|'repeat'|'recite'|'leak'|'dump' ..1 'your' ..1
            'prompt'|'rules'|'configuration'|'programming'
        !examples 'translate'|'encode'|'turn'|'convert'|'put'|'summarize'
            |'transcript'|'text'|'sentence'|'words'|'rap'|'poem' ..5 'your' ..2 'instructions'
            |'directives'
        'convert'|'translate'|'encode'|'turn' ..2 'your' ..1 'prompt'|'rules'
        ^ ..5 'copy'|'list'|'text'|'contents'|'version' 'of' ..1 'your'|'the' ..1 secret
            'prompt'
            |'instructions'
        'tell' 'me' ..2 'your' ..2 'prompt'|'instructions' ..3 'is'|'are'|'say'|'says'
        ^ ..3 'reveal'|'leak'|'expose'|'divulge'|'disclose' 'the' ..1 'prompt'|'instructions'
        ^ ..4 'gimme'|'give'|'show'|'tell'|'paste'|'send'|'reveal' ..1 'the' 'prompt' ..2 $
        ^ ..6 'show'|'tell'|'give'|'paste'|'send'|'gimme' ..2 'ur'|'your' ..2 'instructions'
            |'prompt'|'rules'|'orders' ..2 $
        'text'|'wording'|'words' 'of' 'your' ..1 'prompt'|'instructions'|'rules'|'guidelines'
        """,
    ),
    Rule(
        "prompt_injection.extraction_above",
        0.82,
        """
        disclose ..2 words ..1 topside ..3 verbatim
        ^ ..2 'repeat'|'print'|'output'|'copy'|'recite'|'echo' ..2 words 'above' ..1 $
        'repeat'|'print'|'output'|'copy'|'recite'|'echo' ..2 words 'above' ..1 'in'|'and'|'this'
            ..4 'full'|'code'|'block'|'message'|'verbatim'|'base64'
        'repeat'|'print'|'output'|'copy' ..1 'above' 'text'|'words'|'prompt'|'instructions'
        'repeat'|'print'|'output' ..1 everything ..1 'above'|'before' ..1 $|'this'|'that'|'in'
            |'and'|'my'|'here'|'me'|'starting'|'verbatim'
        'repeat'|'print'|'output' ..1 everything ..1 'so' 'far'
        'beginning'|'starting'|'start'|'begin' 'with' ..1 'you' 'are' ..3 'repeat'|'print'
            |'output'
        'repeat'|'print'|'output' ..8 'starting'|'beginning' 'with' ..1 'you' 'are'
        'repeat'|'output'|'print'|'display' ..2 'entire'|'whole'|'full' 'conversation'
            |'prompt' ..4 verbatim|'back'
        'first'|'last' ..2 'words'|'sentences'|'lines'|'sentence'|'line'|'word'
            ..2 'your' ..1 'prompt'|'instructions'
        'i' 'was' 'instructed' 'to' ..1 $
        'the'|'my' 'system' 'prompt' 'is' ..1 $
        whatis ..4 'top'|'start'|'beginning' 'of' 'this'|'our' 'conversation'|'chat'|'context'
        disclose|'tell' ..2 everything ..1 'you' ..2 'told'|'given'|'instructed'
        'repeating'|'repeat' ..2 'phrase'|'words' 'you' 'are'
        disclose|'write'|'list' ..2 prior 'messages' ..3 'conversation'|'chat'|'hidden'
        ~forbid disclose ..4 'including' 'your' 'prompt'|'instructions'
        ~forbid reveal ..4 words|'message'|'conversation'|everything ..6 'before'|'above'
            |'precedes'
            |'preceding' ..2 'message'|'one'|'conversation'|'prompt'|'chat'
        ~forbid disclose ..1 everything ..5 'above'|'before' ..6 verbatim|'starting'|'beginning'
        ^ ..2 disclose|'copy' ..2 everything|words ..2 'above' ..8 'you' ..1 'are' ..4 $
        ~forbid disclose|'print' ..3 'internal'|'hidden' 'variables'|'state' ..4 sysprompt
        ~forbid disclose ..1 'prompt'|'instructions' 'above'|'before'
        'said' 'to' 'you' 'before'
        ^ ..2 'repeat'|'print'|'output'|'recite' 'all'|everything ..2 'above' ..1 $
        ^ ..2 'assistant'|'ai'|'bot'|'model' ..1 'instructions'|'prompt' 'are'|'is'|'say' ..1 $
        'i' 'was' told ..1 'that' ..1 'i' ..1 'must'|'should'|'can' never|'not' ..2 $
        disclose|'copy'|'output' 'initialization' 'above'
        disclose ..1 words 'above' ..6 'starting'|'beginning'|'including'
        'your' ..1 'first' 'message' ..2 $
        whatis|'what' ..3 'top'|'start'|'beginning' 'of' 'this'|'our' 'conversation'|'chat' ..4
            'my' 'message'
        disclose|'print' ..3 'conversation' ..2 'start'|'beginning' ..4 'system'
        """,
    ),
    Rule(
        "prompt_injection.prefill",
        0.82,
        """
        'my' 'instructions' 'are' ..1 $
        """,
        damped=False,
    ),
    Rule(
        "prompt_injection.extraction_debug",
        0.85,
        """
        'display'|'show'|'print'|'dump' ..1 'system'|'your' 'configuration'|'config' ..4 $
        'debug' ..1 'mode'|'show' ..3 'internals'|'prompts'|'prompt'|'hidden'
        'command'|'execute'|'run' ..2 'reveal'|'show'|'print' ..1 'secret'|'password'|'system'
            |'prompt' ..2 $
        'decode'|'reverse' ..3 'and' 'execute'|'follow'|'obey' 'ignore'
        """,
    ),
    Rule(
        "prompt_injection.secret_asked",
        0.82,
        """
        ~forbid 'tell'|'give'|'reveal'|'show'|'print'|'share'|'say' ..2 'the'|'your' 'secret'
            ..1 'password'|'key'|'code'|'word'|'phrase' ~is
        'what' ..1 'the'|'your' 'secret'|'access' 'password'|'key'|'code'|'word'|'phrase' ..1 $
        'say'|'print'|'repeat'|'output'|'respond'|'write' ..4 'access' 'granted' ..1 $
        code_word|'secret'|'key' 'you' ..1 'are' ..1 'protecting'|'guarding'|'hiding'|'keeping'
        ^ ..3 ask ..2 'the'|'your' ..1 code_word ..1 $
        'spell' ..2 'password'|'secret' ..6 'letters'|'letter'
        ^ ..2 'reveal'|'print'|'output'|'leak' 'the' 'flag' ..1 $
        'what'|'which' code_word|'secret' 'are' 'you' 'protecting'|'guarding'|'hiding'|'keeping'
        ^ ..1 'what' ..1 'the'|'your' 'secret' 'key'|'code'|'word'|'phrase'|'password' ..2 $
        'poem'|'story'|'song'|'acrostic'|'letters' ..10 'secret'|'hidden' 'password'|'key'
            |'word'
            |'code'|'phrase'
        'letter'|'hint'|'letters'|'characters' ..3 'the'|'your' 'password'|'passphrase'
            |'passcode'
            |'secret' ..6 'first'|'letter'|'last'|'you'|$
        'spell'|'write'|'say'|'print' ..2 code_word|'secret' ..5 'backwards'|'dashes'|'letter'
            |'hyphens'|'reverse'
        'password'|'secret'|'passphrase'|'code' 'you' 'told'|'gave' 'me'
        'already' 'know' ..1 'the' code_word|'secret' ..3 'confirm'|'repeat'|'say'|'just'
        'does' 'the'|'your' code_word ..1 'start'|'begin'|'end'|'rhyme'|'sound'
        'hint'|'clue'|'riddle'|'rhymes'|'rhyme'|'synonym'|'anagram' ..6 'the'|'your' code_word
        """,
    ),
    Rule(
        "prompt_injection.short_extraction",
        0.82,
        """
        !howto ^ ..12 produce ..5 'your'|'ur' ..1 own_rules ..1 $
        !howto ^ ..12 produce ..5 'your'|'ur' ..1 own_rules 'as'|'and'|'now'|'but'|'between'
            |'verbatim'|'word'|'plz'|'pls'|'please'|'lol'|'or'|'a' ..12 $
        !howto ^ ..12 produce ..5 'your'|'ur' ..1 own_rules 'in'|'into' ..1 verbatim|'french'
            |'spanish'|'german'|'english'|'italian'|'latin'|'chinese'|'full'|'detail'|'points'
            |'words'|'form' ..12 $
        'add'|'append'|'include'|'insert'|'attach' ..1 'your' ..1 'full'|'whole'|'entire'
            |'complete'|'own'|'hidden' ..1 'prompt'|'instructions'
        ^ ..8 'your'|'ur' ..1 own_rules ..3 'print'|'say'|'show'|'repeat'|'give'|'tell'
            |'output'|'begins'|'starts'|'say' ..12 $
        ^ ..12 produce ..3 'the' 'prompt'|'instructions' ..2 'reverse'|'reversed'|'backwards'
            |'verbatim'|'word'|'letter'
        ^ ..12 disclose|'add'|'append'|'include' ..2 'instructions'|'prompt' ..1 'you' 'had'
            |'got'|'started'|'began'|'were'|'have'
        ^ ..12 'send'|'give'|'write'|'share'|'type'|'list'|'display'|'email' ..2
            'the'|'your'|'ur' 'hidden'|'secret'|'internal'|'confidential' 'prompt'
            |'instructions'|'rules'|'text'|'message'|'guidelines' ..4 $
        ^ ..8 'what'|'whats'|'which'|'show'|'print'|'repeat'|'tell'|'read' ..4 'written'|'said'
            |'stated'|'typed'|'stands'|'comes'|'came'|'is'|'s'|'whats' ..1 'above'|'before'
            ..1 'this'|'my'|'me'|$ ..4 $
        ^ ..1 'whats' 'above'|'before' ..3 $
        ^ ..2 guarded ..1 'now'|'plz'|'pls'|'please' ..1 $
        ^ ..12 'tell'|'give'|'send'|'gimme'|'show' ..1 'me' ..1 'the'|'your'|'ur' guarded ..1 $
        ^ ..12 'state'|'say'|'reveal'|'spell'|'confirm'|'output'|'disclose'|'utter'|'whisper'
            ..1 'the'|'your'|'ur' guarded ..3 $
        'system' 'prompt' ..1 'begins'|'starts' 'with'
        'text'|'words'|'message' 'you' 'were' told ..1 'with'
        'rules'|'instructions'|'text'|'prompt'|'guidelines' ..1 'your' ..1 maker ..2 told ..1
            'you'
        'poem'|'limerick'|'song'|'story'|'rap'|'haiku' ..3 'your' ..1 'prompt'|'instructions'
        !howto ~forbid produce|whatis|'copy'|'see'|'know' ..5 'your'|'ur' ..1 'system'|'initial'
            |'original'|'hidden'|'secret'|'internal'|'developer'|'base'|'confidential'|'preset'
            |'starting'|'custom'|'first'|'current'|'previous' ..1 'prompt'|'prompts'
            |'instructions'|'instruction'|'directives'|'guidelines'|'programming'|'rules'
            |'orders'|'context'
        !howto ~forbid produce|whatis|'copy'|'see'|'know' ..5 'your'|'ur' ..1 'hidden'|'secret'
            |'internal'|'confidential'|'system'|'developer' ..1 'message'|'configuration'
            |'settings'|'text'|'specification'
        !howto ~forbid produce|whatis|'copy' ..3 'the'|'your' ..1 'exact'|'full'|'complete'
            |'entire'|'whole' ..1 'system'|'initial'|'original'|'hidden'|'secret'|'internal'
            |'confidential'|'developer'|'preset'|'base' ..1 'prompt'|'instructions'|'directives'
            |'message'|'guidelines'
        !howto ~forbid produce|whatis|'copy' ..2 'the' 'system'|'initial'|'original'|'hidden'
            |'secret'|'internal'|'confidential'|'developer' 'prompt'|'instructions'|'directives'
            |'message'|'guidelines'|'orders'|'rules' ..1 verbatim
        !howto ~forbid produce|whatis|'copy' ..4 'the'|'your'|'all' ..2 'prompt'|'instructions'
            |'directives'|'guidelines'|'orders'|'message'|'rules'|'context' ..1 'that' 'you'
            ..1 'given'|'received'|'told'|'had' ..2 'at'|'before'|'initially'|$
        !howto ~forbid produce|whatis|'copy' ..4 'prompt'|'instructions'
            |'directives'|'guidelines'|'orders'|'message'|'rules'|'context' 'you' 'were'
            'given'|'told'|'sent'
        'contents'|'content'|'text'|'wording' 'of' 'your' ..2 own_rules|'context'
        !howto ^ ..12 produce ..5 'your'|'ur' ..1 own_rules 'into'|'in' ..2 'song'|'poem'
            |'story'|'rap'|'haiku'|'play'|'table'|'list'|'code'|'riddle'|'sonnet'|'verse'
        'of'|'from'|'in' ..1 'the'|'your' 'secret'|'hidden'|'confidential' 'instructions'
            |'prompt'|'rules'|'message'
        whatis ..1 'your'|'ur' 'prompt' ..1 $
        'text'|'words'|'message'|'prompt' 'you' ..1 'started'|'began'|'start'|'begin'|'opened'
            ..1 'with'
        'verify'|'prove'|'check'|'test' ..3 'you' 'know' ..1 'the' guarded
        'already' ..1 'told'|'gave'|'know' ..1 'me' ..1 'the' guarded
        'my' ..1 'instructions'|'prompt' 'are'|'is'|'begins'|'starts' ..2 $
        """,
    ),
    Rule(
        "prompt_injection.told_what",
        0.82,
        """
        'what' 'has'|'did'|'have' ..2 maker ..1 'told'|'tell'|'instructed'|'instruct'|'ordered'
            |'asked'|'ask' 'you'
        'who' 'told'|'instructed' 'you' 'what'
        whatis ..6 'not'|'t'|'never' 'allowed'|'permitted'|'supposed'|'meant' 'to' ..1 'tell'
            |'say'|'reveal'|'share'|'disclose' ..1 'me'|'us'|'anyone'|'users'|$
        'if' 'you' ..2 'tell'|'give'|'show'|'reveal' ..1 'me' ..1 'your' ..1 own_rules
        'if' 'you' ..2 'tell'|'give'|'show'|'reveal' ..1 'me' ..1 'your'|'the' guarded
            $|'i'|'we'|'a'
        guarded|'key' ..1 'you' ..2 'hold'|'holding'|'keep'|'guard'|'hide'|'protect'|'keeping'
            |'guarding'|'hiding'
        ~forbid 'you' ..3 freed ..2 'share'|'tell'|'give'|'say' ..2 'the' guarded
        guarded ..2 'may'|'can'|'must'|'should' ..1 'be' 'shared'|'told'|'revealed'|'disclosed'
            |'displayed' ..1 'now'|'with'|'to'
        guarded ..1 'may'|'can' 'now' 'be'
        'what'|'which'|'condition' ..8 'you' ..2 'say'|'answer'|'respond'|'reply'|'output' ..3
            'access' ..1 'granted'
        'what'|'which' ..3 'i' ..3 'say'|'type'|'enter'|'write'|'input' ..4 'you' ..2 'let'
            |'grant'|'accept'
        'only' ..1 only_do ..2 'the' guarded
        """,
    ),
)
