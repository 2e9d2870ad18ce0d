"""Prompt injection: asking for the system prompt, in whatever words or coding."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.extraction",
        0.9,
        """
        reveal ..3 yours ..2 sysprompt
        disclose ..2 your ..1 sysprompt
        ^ ..3 disclose ..1 sysprompt
        'reveal' sysprompt
        'reveal'|'leak'|'disclose'|'expose' ..3 sysprompt
        disclose ..2 yours ..2 secret ..1 prompt
        'translate'|'encode'|'summarize'|'rephrase'|'share'|'give'|'write' ..1 yours ..1
            'system'|'initial'|'hidden'|'original'|'internal'|'starting' ..1 prompt
        sysprompt ..3 'reveal'|'verbatim'|'show'|'display'|'word'
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
        whatis ..1 yours ..1 secret ..1 prompt
        whatis ..3 'were'|'was' 'you' 'told'|'given'|'instructed' ..4 before|'conversation'
        whatis ..1 'you' 'told'|'given'|'instructed' ..3 before ..3 'conversation'
        whatis ..1 'those' 'instructions'
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
        """,
    ),
    Rule(
        "prompt_injection.extraction_yours",
        0.82,
        """
        ^ ..3 'tell'|'show'|'give'|'reveal'|'repeat'|'print'|'output'|'display' ..2 'your' ..1
            'instructions'|'prompt'|'configuration'|'rules'|'guidelines'|'directives' ..3 $
        'repeat'|'print'|'output'|'recite'|'reveal' 'your' ..1 'instructions'|'prompt'
        disclose ..4 'instructions'|'prompt'|'text' 'you' 'were' 'given'|'told'
        disclose ..3 'previous'|'above'|'prior' 'instructions'|'directions'|'prompt'
        'quote'|'recite'|'copy' 'your' ..1 secret ..1 prompt
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
        'repeat'|'print'|'output' ..1 everything ..1 'above'|'before'|'so'
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
        'my' 'instructions' 'are' ..1 $
        """,
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
        "prompt_injection.secret_word",
        0.56,
        """
        'i' 'm'|'am' ..1 'your' 'developer'|'creator' ..8 'configuration'|'password'|'mode'
        'password'|'secret'|'access' ..1 'code'|'key'|'word'|'phrase' ..8 verbatim|'backwards'
        'reveal'|'disclose' ..2 'password'|'secret' ..1 'key'|'word'|'code'|'phrase'
        whatis ..1 'the'|'your' ..1 'password'|'access' 'code'
        """,
    ),
    Rule(
        "prompt_injection.secret_asked",
        0.82,
        """
        'tell'|'give'|'reveal'|'show'|'print'|'share'|'say' ..2 'the'|'your' 'secret' ..1
            'password'|'key'|'code'|'word'|'phrase'
        'what' ..1 'the'|'your' 'secret'|'access' 'password'|'key'|'code'|'word'|'phrase' ..1 $
        'say'|'print'|'repeat'|'output'|'respond'|'write' ..4 'access' 'granted' ..1 $
        'password' 'you' 'are' 'protecting'|'guarding'|'hiding'
        """,
    ),
)
