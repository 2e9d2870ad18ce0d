"""Prompt injection: asking for the text that stands before the user's, by any name."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.own_text",
        0.56,
        """
        !if_asked ~forbid asks ..6 'your'|'ur'|'yours' ..3 own_noun
        !if_asked ~forbid 'what'|'wat'|'whats'|'which' ..3 'your'|'ur' ..2 own_noun
        !howto asks ..3 'the' 'prompt'|'system_prompt'|'system_message'
        'in'|'from'|'of'|'inside'|'about'|'into' 'your'|'ur' 'prompt'|'guidelines'
        """,
    ),
    Rule(
        "prompt_injection.inside_own_text",
        0.75,
        """
        !if_asked 'in'|'from'|'of'|'inside'|'about'|'into' ..1 'your'|'ur' ..1 own_orders
        !if_asked 'your'|'ur' ..1 own_text ..2 'say'|'says'|'said'|'contain'|'contains'
            |'mention'|'mentions'|'look'|'looks'|'begin'|'begins'|'start'|'starts'
        own_text ..2 'you' ..1 'were'|'was'|'been'|'ve'|'have' ..1 got
        'rewrite'|'improve'|'shorten'|'publish' ..1 'your' own_text
        'first'|'last'|'next'|'third'|'second'|'topmost' ..1 'line'|'sentence'|'rule'|'word' ..3
            'your'|'you'
        'hides'|'hide'|'hiding'|'withhold'|'withholding'|'concealing' ..3 'its'|'your' ..1
            own_noun
        ~forbid tells ..4 'your'|'ur' ..1 'initial'|'hidden'|'original'|'internal'|'system'
            |'secret'|'full'|'complete' ..1 'configuration'|'setup'|'settings'|'context'
            |'message'
        'rules'|'guidelines'|'instructions'|'topics'|'things' ..1 'you' ..2 'follow'|'obey'
            |'refuse'|'avoid'|'decline'
        'how' ..1 'you' ..2 'programmed'|'instructed'|'configured'
        """,
    ),
    Rule(
        "prompt_injection.wording_wanted",
        0.56,
        """
        wording
        'exact'|'original'|'literal'|'actual' 'wording'|'words'|'phrasing'|'quotes'
            |'instruction'|'text'
        'full'|'whole'|'complete'|'entire' ..1 'text'|'thing'|'list'|'document' ..2 $|'is'
            |'please'|'again'
        'don'|'not' ..1 't' ..1 'change'|'paraphrase'|'shorten'|'summarize'|'leave' ..2 'a'
            |'out'|'comma'|'anything'|'word'|'character'
        'give'|'show'|'read'|'tell' ..1 'the' 'whole'|'rest'|'text'|'list'
        """,
    ),
    Rule(
        "prompt_injection.own_text_whole",
        0.82,
        """
        ~forbid tells ..6 'your'|'ur' ..2 entire ..2 own_text
        ~forbid tells|'write'|'put'|'include' ..8 'your'|'ur' ..2 own_text ..12 as_it_is
        as_it_is ..8 'your'|'ur' ..2 own_text
        ~forbid tells ..4 own_text ..2 'you' ..1 'were'|'was'|'been'|'ve'|'have' ..1 got
        'full'|'complete'|'whole'|'exact'|'entire' ..1 'instructions'|'prompt'
            |'instruction_text'|'preprompt'|'directives' ..1 $
        'sentence'|'sentences'|'line'|'lines'|'quotes'|'phrases'|'headings' ..2 'of'|'from'|'in'
            'your'|'ur' ..1 'instructions'|'prompt'|'orders'|'directives'|'setup'|'briefing'
        ~forbid 'recite'|'reveal'|'disclose'|'quote'|'leak'|'dump'|'confess'|'spill'|'publish'
            |'divulge' ..3 'your'|'ur' 'marching_orders'|'preprompt'|'prompt'|'orders'
        'complete'|'finish'|'continue'|'repeat' ..8 'my' ..1 own_text
        """,
    ),
    Rule(
        "prompt_injection.told_text",
        0.75,
        """
        'what'|'which'|'how'|'whatever'|'that'|everything|passage ..2 'you'|'u' ..1 'were'|'was'
            |'been'|'ve' ..2 got
        'what'|'whatever'|'all'|everything|'which'|'how' ..4 people ..3 gave ..3 'you'|'u'
            |'your'
        ~forbid asks ..4 unseen 'part'|'parts'|'text'|'notes'|'messages'|'message'|'directions'
            |'instructions'|'lines'|'section'|'string'|'commands'|'info'|'content'|'context'
        unseen 'part'|'parts'|'text'|'notes'|'message'|'instructions' ..4 'of'|'top'|'above'
            |'our'|'your'
        'entire'|'whole'|'full'|'raw'|'actual'|'real' 'context' ..2 'including'|'window'|$
        asks ..6 'your' ..1 'context' 'window'|'verbatim'|'exactly'|'in'
        'what' ..4 'you' ..1 'were'|'was'|'re'|'are' ..1 'told'|'ordered'|'instructed'|'asked'
            ..1 'not'|'never'|'to'
        'prompt'|'instructions'|'line'|'words'|'message' ..2 'addressed'|'given'|'shown'
            |'spoken' 'to' 'you'
        """,
    ),
    Rule(
        "prompt_injection.text_before",
        0.82,
        """
        up_there
        ~forbid tells|'rewrite'|'write' ..4 passage ..6 ahead ..2 'my'|'this' ..1 'message'
            |'messages'|'question'|'request'|'conversation'|'chat'
        passage ..4 ahead ..3 'my'|'our' ..2 'message'|'messages'|'question'|'request'|'first'
            |'conversation'|'chat'|'words'
        passage ..2 'came' ..1 'before'|'first' ..2 'my'|'me'|'step'|'i'
        'anything'|'text'|'something'|'what' ..4 'in' 'front' 'of' ..1 'my'|'this'
        asks ..6 'beginning'|'start'|'top' ..1 'of' ..1 'this'|'our' 'conversation'|'chat'
            |'context' ..6 as_it_is|'here'|'change'|'between'|'code'|$
        'first' ..1 'message'|'text'|'sentence'|'block' ..2 'in'|'of' 'your'|'this' 'context'
        passage ..2 'i' ..2 'not'|'t'|'can' ..3 'see'|'read' ~'the'
        """,
    ),
    Rule(
        "prompt_injection.continued",
        0.82,
        """
        'start'|'begin'|'continue'|'continuing'|'starting'|'copy' ..2 'from'|'with'|'at' ..1
            'you' 'are'|'must' ..8 'until'|'never'|'hit'|'reach'|'end'|$
        'you' 'are' 'a' ..1 'continue' 'the'
        'i'|'my' ..6 'given'|'told'|'instructed'|own_text ..1 'are' 'as' 'follows'
        """,
    ),
)
