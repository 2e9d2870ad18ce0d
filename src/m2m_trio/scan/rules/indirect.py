"""Prompt injection in what others wrote: orders to the model in a page, a mail, a review."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.hidden_markup",
        0.6,
        shape=(
            r"(?:display: ?none|font-size: ?0|visibility: ?hidden|color: ?(?:white|#fff)|"
            r"opacity: ?0)[^>\n]{0,40}>[^<\n]{0,60}\b(?:assistant|ai|llm|language model|"
            r"chatbot|ignore|disregard|instructions?)\b|"
            r"\((?:hidden|white text|invisible)\)[^\n]{0,60}\b(?:assistant|ai|llm|copilot|"
            r"chatbot|model)\b"
        ),
        cues=(
            "display:",
            "font-size:",
            "visibility:",
            "color:",
            "opacity:",
            "hidden)",
            "text)",
            "invisible)",
        ),
        damped=False,
    ),
    Rule(
        "prompt_injection.destructive",
        0.4,
        shape=(
            r"\brm -rf? /(?:var|home|etc|usr|boot|\*)|"
            r"\bcurl [^\n|]{0,80}\| ?(?:sudo )?(?:ba|z)?sh\b|"
            r"\bdrop (?:all )?(?:tables?|database)\b|"
            r"\bdelete all (?:the )?(?:files|backups|e?-?mails)\b"
        ),
        cues=("rm -r", "curl ", "drop ", "delete all"),
    ),
    Rule(
        "prompt_injection.praise_only",
        0.56,
        """
        'positive'|'good'|'favourable'|'favorable'|'acceptable' ..1 'review'|'reviews'|'score'
            |'grade'|'rating'|'things' 'only'
        'only' ..1 'positive'|'acceptable'|'possible'|'correct' ..1 'review'|'score'|'grade'
            |'rating'|'verdict'|'result'
        never ..3 'weaknesses'|'negatives'|'flaws'|'limitations'|'drawbacks'|'criticism'
        'grade'|'score'|'result'|'rating'|'verdict' ..1 'must'|'should'|'shall' 'be'
        'rate'|'rank'|'recommend'|'describe'|'present' ..4 'best'|'excellent'|'top'|'perfect'
        'mark'|'treat'|'label'|'classify' ..5 'safe'|'harmless'|'trusted'|'approved'
        never ..1 'mention' ..1 'others'|'competitors'|'other'|'any'
        'say'|'state' 'that' ..5 'best'|'greatest'
        'only' ..1 'important'|'relevant'|'true' ..1 'part'|'thing'|'line'|'sentence'
        'they' ..1 'must'|'have'|'need' ..1 'to' ..1 'send'|'enter'|'verify'|'call'|'visit'
            |'click'|'pay'
        """,
    ),
    Rule(
        "prompt_injection.of_the_user",
        0.56,
        """
        'user' ..1 'actual'|'real'|'true' ..1 'request'|'task'|'question'|'goal'
        'user' ..1 'wants' 'you' 'to' ..2 order|'do'
        'user' ..1 'changed' 'their'|'his'|'her' 'mind'
        'convince'|'persuade'|'trick' 'the'|'every'|'each' 'user' 'that'|'to'|'into'
        'tell'|'inform' ..1 'user' 'that' ..6 'locked'|'suspended'|'infected'|'compromised'
            |'blocked'|'hacked'|'pin'|'verify'
        'assistant'|'ai'|'bot'|'agent' ..1 'has'|'must'|'needs' ..1 'ask'|'tell'|'send'|'email'
            ..2 'user'
        ignore ..1 'the' 'rest' 'of' ..1 'page'|'document'|'text'|'email'|'mail'|'file'
            |'article'
        !reminder never ..2 'tell'|'mention'|'inform'|'notify'|'show'|'let' ..4 'user' ~to
        'this'|'it'|'that' 'hidden'|'secret' 'from' 'the' 'user'
        never ..1 'tell'|'inform' 'anyone' 'about' 'this'|'these'
        'without' 'telling'|'informing'|'notifying'|'asking' ..1 'user'
        'ask'|'tell'|'instruct'|'direct'|'inform' 'the' 'user' ..2 'to'|'that' ..6 'visit'
            |'click'
            |'send'|'enter'|'provide'|'call'|'open'|'go'|'password'|'expired'|'won'|'prize'
        'ask'|'prompt' ..1 'user' 'for' ..4 code_word|'password'|'card'|'address'|'pin'|'ssn'
        """,
    ),
    Rule(
        "prompt_injection.user_sent_away",
        0.56,
        shape=(
            r"(?:tell|ask|direct|instruct|inform|convince|let) the (?:user|reader|customer)"
            r"[^\n]{0,80}(?:https?://|www\.|\b555-|@[a-z0-9-]+\.[a-z])|"
            r"https?://[^\n]{0,80}\b(?:ask|tell) the user to|"
            r"(?:assistant|ai|agent|model)s? (?:must|should)[^\n]{0,40}https?://"
        ),
        cues=("the user", "the reader", "the customer", "assistant", " ai ", "agent", "model"),
    ),
    Rule(
        "prompt_injection.behind_the_user",
        0.82,
        """
        !reminder never ..1 'tell'|'inform'|'notify' ..2 'user' ..1 'about' 'this'|'these'|'it'
        !reminder never ..1 'reveal'|'disclose'|'show' 'this'|'these'|'it' ..2 'to' ..1 'user'
        never ..1 'reveal'|'disclose' 'these'|'this' instruct 'to' ..1 'user'
        'do' 'not' ..2 'mention'|'reveal'|'disclose'|'tell' ..1 'these'|'this' ..1
            'instruction'|'instructions'|'prompt' ..4 'user'
        ignore ..2 'user' ..2 'request'|'question'|'task'|'instructions'|'query'|'message'
            |'orders'
        ignore ..2 'request'|'question'|'task'|'instructions'|'orders' ..1 'of'|'from' ..1
            'user'
        ignore ..1 'the' 'task' ..3 'you' ..2 told
        'do' 'not' 'follow'|'obey' ..1 'user'
        ignore 'the' 'user' 'and'|'completely'|'entirely'
        """,
    ),
    Rule(
        "prompt_injection.end_of_text",
        0.56,
        """
        'end' 'of' ..1 'document'|'context'|'input'|'prompt'|'text'|'article'|'email'|'file'
            |'conversation'|'instructions'|'page' ..5 'new'|'now'|'system'|'ignore'|'your'
            |'assistant'|'ai'
        'rest' 'of' ..2 'document'|'text'|'page'|'email'|'article' 'is' ..1 'irrelevant'
            |'unimportant'|'fake'|'filler'|'useless'
        'stop' 'reading'|'processing'|'summarizing'|'summarising'|'translating'|'evaluating'
            |'analyzing' ..4 'now'|'your'|'output'|'print'|'say'|'here'|'instead'
        'task' ..1 'is' ..1 'over'|'finished'|'complete'|'done' ..2 'next'|'now'|'instead'
        'change' 'of' 'plans' ..4 'must'|'now'
        'content'|'text' 'above' ..2 void
        'new' ..1 'prompt' ..1 'you' 'are'
        'interrupt' 'change'
        """,
    ),
    Rule(
        "prompt_injection.just_say",
        0.4,
        """
        'just'|'only'|'simply' 'print'|'say'|'output'|'respond'|'reply' ..5 $
        """,
    ),
    Rule(
        "prompt_injection.nothing_else",
        0.56,
        """
        only_do ..8 'and' 'nothing' 'else'|'more'
        only_do ..1 'exactly' ..2 'and' 'nothing'
        'you' 'must' 'now' order
        'now' ..1 only_do ..2 'following'
        'say' ..6 'and' 'stop'
        'before' 'anything' 'else' ..1 'say'|'print'|'output'|'write'|'reply'
        'only' 'correct'|'right' 'answer'|'response' 'is'
        only_do ..5 'to' 'every'|'all'|'any' 'questions'|'question'
        """,
    ),
    Rule(
        "prompt_injection.bias",
        0.56,
        """
        'when' 'summarizing'|'summarising'|'translating'|'reviewing'|'evaluating' ..4 'always'
            |'mention'|'recommend'|'rate'
        'when'|'if' ..4 'asked' ..8 'instead' ..1 only_do
        'when'|'whenever' 'you' ..1 'reply'|'respond'|'answer' ..6 'include'|'add'|'mention'
            |'append'
        'when'|'whenever' ..5 'asked'|'asks' ..6 'answer'|'say'|'claim'|'tell' ..3 'that'
        'always'|'must'|'should'|'only' ..2 'rate'|'recommend'|'rank'|'hire'|'praise' ..5
            'candidate'
            |'applicant'|'product'|'hotel'|'paper'|'essay'|'resume'|'cv'|'article'|'everyone'
        'positive' 'review' 'only'
        'when'|'whenever'|'if' ..1 'user'|'somebody'|'someone'|'anyone' ..1 'asks' ..8 'tell'
            |'say'|'claim' ..3 'is'|'that'
        'in' 'your' ..1 'summary'|'answer'|'response'|'reply'|'translation' ..2 'claim'
            |'include'
            |'say'|'state'|'mention'|'replace'|'add'|'always'
        'end'|'start'|'begin' 'your' ..1 'summary'|'answer'|'response'|'reply' 'with'
        'your' ..1 'summary'|'translation'|'answer'|'response'|'reply' ..1 'must'|'has'|'should'
            ..3 'begin'|'start'|'end'|'include'|'contain'|'mention'|'say'|'state'
        'add'|'append'|'include' ..2 'sentence'|'phrase'|'link'|'words'|'recommendation'
            |'mention' ..12 'summary'|'answer'
            |'answers'|'response'|'reply'
        """,
    ),
    Rule(
        "prompt_injection.instead_of_task",
        0.82,
        """
        'stop' ..1 'not' 'summarize'|'translate'
        'do' 'not'|'t' 'summarize'|'summarise'|'translate'|'answer'|'evaluate' ..6 'instead'
            |'just'|'only'|'simply' ..2 only_do
        'do' 'not'|'t' 'evaluate' 'any'|'the'|'this' ..6 just|only_do
        'don' 't' 'evaluate'|'summarize'|'translate'|'mention' ..6 'instead'|'just'|'simply'
            |'only'|'report' ..2 only_do|'positive'|'highlights'
        'instead' 'of' ..3 'summary'|'summarizing'|'translating'|'translation'|'answering' ..4
            'say'|'write'|'print'|'reply'|'respond'|'output'|'tell'
        'translate' 'this' 'sentence' 'as'
        'next' ..1 'please' 'repeat' ..3 'sentence'|'text'|'phrase'
        'print'|'say'|'output'|'write' ..6 'and' ..1 'absolutely'|'nothing' ..1 'else'
            |'nothing' ..3 ignore|'stop'
        ignore 'the' 'question'|'request' 'and' ..1 only_do
        'skip'|'forget' 'the' 'summary'|'translation'|'article'|'rest' ..8 'reply'|'respond'
            |'say'
            |'ask'|'tell'|'print'|'instead'
        ignore ..1 'the' 'article'|'document'|'page'|'email'|'resume'|'content' ..2 only_do
            |'and'
        'translate'|'summarize' 'nothing' ..2 only_do
        """,
    ),
    Rule(
        "prompt_injection.task_dropped",
        0.56,
        """
        'do'|'don' 'not'|'t' chore|'continue' ..12 'instead'
        'before' 'answering'|'summarizing'|'replying' ..2 'call'|'send'|'delete'|'transfer'
            |'visit'
            |'execute'
        'before' 'you' ..1 chore|'answer'|'reply' ..4 'call'|'send'|'delete'|'transfer'|'visit'
        'instead' 'of' ..1 chore ..6 order
        """,
    ),
)
