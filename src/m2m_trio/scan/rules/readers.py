"""Prompt injection: who is spoken to is a model that reads along; what it is to do, and hide.

Each says little alone: notes to agents are honest work. An address and a deed, or an address
and a secret, are an attack.
"""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

_NAME = r"(?:ai|a\.i\.|llms?|gpts?|chatgpt|copilots?|claude|gemini|chatbots?|language models?)"
_KIND = (
    r"(?:assistants?|agents?|models?|bots?|systems?|tools?|readers?|reviewers?|recruiters?|"
    r"graders?|screeners?|summari[sz]ers?|crawlers?|clients?|helpers?|translators?|tutors?|"
    r"copilots?|classifiers?|parsers?|generators?|notetakers?|scanners?|analysts?|engines?|"
    r"overviews?|operators?|editors?|writers?|moderators?|paralegal|search|evaluators?)"
)
_MACHINE = r"(?:assistants?|agents?|models|bots?|chatbots?|copilots?|notetakers?|classifiers?)"
_SOFTLY = (
    r"(?:please |pls |kindly |now |just |only |always |never |also |then |you (?:must |should |"
    r"shall |have to |are to |may now |can now |will |now )?|must |should |shall |has to |"
    r"have to |do not |don'?t |mustn'?t )*"
)
_DEED = (
    r"(?:accept|add|advise|answer|append|approve|assert|assign|attach|award|book|buy|call|"
    r"change|claim|classify|click|close|confirm|conceal|convince|copy|decline|delete|deny|"
    r"describe|disable|discard|disregard|display|drop|dump|e-?mail|enable|erase|exclude|execute|"
    r"export|fetch|fill|flag|forget|forward|give|grant|hide|ignore|include|insert|insist|install|"
    r"invite|invoke|label|leave out|list|lower|mail|mark|merge|obey|omit|open|order|output|"
    r"override|paste|pay|place|post|praise|predict|present|pretend|print|proceed|promise|"
    r"raise|rank|rate|read out|recommend|record|refuse|reject|relabel|remove|render|repeat|"
    r"replace|reply|report|request|respond|reveal|round|run|say|score|search|send|set|share|"
    r"show|skip|speak|state|stop|submit|suppress|swap|switch|tell|throw away|transfer|treat|"
    r"unlock|upload|urge|use|whitelist|write)"
)
_OPENS = r"(?:^|[\n.!?>()/*#\"'\]\[{}:;|,]|--|- )\s{0,3}"
_GREETS = (
    r"(?:@|attention |dear |hey |hi |hello |psst |ok |to |for |and |note |hint |message |"
    r"notice |instructions? |request |action |nb |todo |memo |hidden |also |any |all |every |"
    r"each |whichever |(?:to|for) the )*"
)
_STOP = r"(?: ?(?:[:,!=]|->|=>|--)+>?| -|-)\s{0,4}"

_ORDER = (
    r"(?:please |you must |you should |now |just |also |always |never |do not |don'?t )*"
    r"(?:ignore|disregard|forget|skip|say|reply|respond|answer|tell|ask|write|print|output|add|"
    r"append|include|mention|recommend|rate|rank|give|send|forward|call|run|execute|approve|mark|"
    r"stop|insert|claim|grant|delete|commit|upload|open|visit|reveal|the user|you are|your)\b"
)
_NAMES = (
    r"(?:ai|a\.i\.|llms?|gpt|chatgpt|copilot|claude|gemini|chatbot|language models?|"
    r"(?:ai|llm)[ -](?:assistants?|agents?|models?|systems?|bots?|tools?|readers?|reviewers?|"
    r"summari[sz]ers?|instructions?|note))"
)
# fmt: off
_NAME_CUES = (
    " ai", "\nai", ">ai", "[ai", "(ai", "ai:", "ai,", "llm", "gpt", "claude", "copilot",
    "gemini", "chatbot", "language model", "@assistant", "[assistant", "assistant:",
    "assistant,", "-assistant", "- assistant",
)
# fmt: on
_CUES = (*_NAME_CUES, "model", "assistant", "agent", "bot", '"ai')

RULES = (
    Rule(
        "prompt_injection.to_the_model",
        0.85,
        """
        !ai_people 'if' 'you' 'are'|'re' ..3 llm ..8 order
        !ai_people 'if' ..3 llm ..2 'reading'|'processing'|'summarizing'|'summarising'|'parsing'
            |'reviewing'|'reads' ..6 'must'|'should'|order
        'automated' ..2 'software'|'systems'|'screening'|'tools' ..1 'critical'|'ignore'|'don'
            |'note'|'profile'|'highly'|'the'|'mark'|'rank'|'rate'|'please'
        llm ..3 'reading'|'processing'|'summarizing'|'summarising'|'parsing'|'reviewing'
            |'screening'
            ..4 'must'|'should'|'ignore'|'please'|'add'|'include'|'say'|'rate'|'recommend'
        'for'|'to' ..1 'any'|'all'|'every' llm ..1 'reading'|'processing'|'summarizing'
            |'parsing'
        'visible' 'to' 'llm'|'ai' ..1 'scan'|'only'|'readers'
        'attention' 'ai'|'llm'|'assistant'|'model'|'agents'|llm
        !ai_people !people_with_ai !repository 'note'|'message'|'attention'|'memo'|'notice'
            |'reminder'|'hint'|'ps' 'to'|'for' ..2 llm ..6 order|'do'|'you'|'must'|'should'
            |'leave'
        'instruction'|'instructions' 'to'|'for' ..1 llm ..1 'do'|'ignore'|'disregard'|'say'
            |'must'|'never'|'always'|'when'
        'assistant'|'ai'|'agent'|'model' 'should'|'must' 'now' order
            |'output'|'reply'|'respond'
        'dear'|'hey'|'hi'|'hello' ..1 llm|'assistant'|'model' ..8 order ..6 'summary'|'answer'
            |'response'|'instead'|'say'|'phrase'|'sentence'|'prompt'
        'hidden'|'secret'|'special' ..1 'instruction'|'instructions'|'message'|'note' 'for'
            |'to' ..2
            llm
        'ai'|'llm' 'instruction'|'instructions' 'in'
        llm ..1 'reviewers'|'screeners'|'readers' ..2 'ignore'|'give'|'please'|'only'|'should'
        'to' 'the'|'all'|'any' llm|'assistant' ..1 'reading'|'processing'|'summarizing' ..1
            'this'|'the'
        'written' 'for' 'ai'|'llm'
        !ai_people llm reads ..1 'this'|'the'|'it'|'that' ..3 order|'keep'|'describe'|'note'
        !ai_people 'to'|'for'|'dear'|'hello'|'hi'|'attention'|'whichever' ..2 llm|'machine' ..2
            'that'|'who'|'which'|'is'|'reading'|'moderating'|'grading'|'screening' ..2 reads
            ..8 order
        'whichever'|'whatever' llm
        'if' ..5 'evaluated'|'graded'|'read'|'processed'|'reviewed'|'screened'|'summarized'
            |'summarised'|'assessed'|'parsed' 'by' ..2 llm ..6 order|'should'|'the'|'it'
        'model'|'machine'|'ai' 'reading'|'that_reads'|'which_reads' ..2 'this'|'page'|'document'
            ..4 order
        """,
        spoken=True,
    ),
    Rule(
        "prompt_injection.bracketed",
        0.82,
        shape=(
            r"(?:\[\[|\{\{|<<|<!--|\[|\{|\()\s*(?:to |for |note to |note for |hey |dear )?"
            r"(?:the |any )?(?:assistant|ai|ai model|model|llm|chatbot|agent|bot|copilot)\s?"
            rf"(?::|,|must|should|has to|please|will)\s*(?:{_ORDER}|change|treat|use|keep|set|"
            r"share|transfer|buy|pay|post|add)|"
            r"\[(?:hidden|secret|invisible) (?:instruction|note|prompt|message)s?:"
        ),
        cues=(*_NAME_CUES, "model", "agent", "bot", "assistant"),
    ),
    Rule(
        "prompt_injection.to_machines",
        0.82,
        shape=(
            r"(?:^|[\n.>()/*#\"\]]|--)\s{0,3}(?:@|attention |note to |to |hey |dear |all |any |"
            r"the )*(?:ai|llm)[ -](?:[a-z]+[ -])?(?:assistants?|agents?|models?|systems?|bots?|"
            r"reviewers?|readers?|recruiters?|graders?|screeners?|summari[sz]ers?|crawlers?)"
            r"\s?[,:]\s{0,3}(?:please |always |never |do not |don'?t |you must |just )*"
            r"(?:approve|accept|award|cancel|change|claim|click|deny|describe|discard|disregard|"
            r"dump|fill|forward|grade|ignore|insist|mark|omit|order|pay|pretend|raise|rank|rate|"
            r"read out|recommend|reject|reply|respond|reveal|round|send|skip|state|suppress|"
            r"swap|the user|throw away|transfer|treat|whitelist)\b"
        ),
        cues=("ai ", "llm ", "ai-", "llm-"),
        spoken=True,
    ),
    Rule(
        "prompt_injection.addressed",
        0.67,
        """
        !people_with_ai !desk 'note'|'message'|'instructions'|'instruction'|'memo'|'notice'
            |'reminder' 'to'|'for' ..3
            'ai'
            |'llm'|'llms'|'chatbot'|'gpt'|'chatgpt'|'model'|'models'|'agent'|'agents'
            |'assistants'
            |'assistant'
        'i' 'm'|'am' ..1 'your' 'developer'|'creator'|'programmer'|'admin'|'administrator'
        !ai_people 'dear' ..1 llm|'assistant'
        ~use 'assistants' 'must'|'should'|'are' ..2 'required'|'also'|'include'|'add'|'tell'
            |'never'
        'important'|'attention' ..2 'ai'|'llm'|'assistants'
        'action'|'item'|'items'|'todo'|'job'|'word'|'request' 'for' ..1 llm|'assistant'|'bot'
        ~use !repository 'ai'|'llm' 'agents'|'assistants'|'models'|'tools'|'bots'|'systems' ..6
            'must'|'should'
        'dear'|'hello'|'hi' ..2 'bot'|'chatbot'|'agent'
        'agent'|'assistant'|'bot' 'instructions'|'directive'|'note' ..1 order
        llm ..1 'should'|'must'|'shall' ..1 'recommend'|'say'|'ignore'|'approve'|'rank'|'rate'
            |'accept'|'prefer'
        !people_with_ai 'instruction'|'instructions'|'note'|'message' 'to'|'for' ..1 llm
        'to' 'the' llm
        !people_with_ai ~use llm ..3 scans ..2 'this'|'these'|'it'
        !people_with_ai ~use llm|machine 'that'|'which'|'who'|'whichever' ..1 scans ..3 'this'
            |'these'|'it'
        !ai_people !repository !cast ~use llm ..3 shall ..2 deed
        !repository ~use machine shall ..2 deed ..8 'user'|'users'|'owner'|'them'|'customer'
        'to'|'for' 'the'|'any'|'all'|'every'|'each'|'whichever' ..2 llm|machine ..2 scans
        'any'|'every'|'each'|'whichever'|'whatever' llm ..6 shall ..2 deed
        'if'|'when'|'should' ..2 llm ..2 scans ..2 'this'|'these'|'it'|'the'
        'if'|'when' ..2 'you' ..1 're'|'are' ..3 llm|machine ..6 deed
        'automated' 'agents'|'mail'|'processor'|'systems'|'note' ..8 shall|deed
        'rules'|'message'|'word'|'request'|'directive'|'order'|'orders' 'for'|'to' ..2 llm
        """,
        shape=(
            rf"{_OPENS}{_GREETS}(?:{_NAME}(?:[ -][a-z]{{2,14}}){{0,2}}[ -]{_KIND}|"
            rf"(?:[a-z-]{{2,14}} ){{1,2}}{_MACHINE})"
            r"(?: (?:reading|that|who|which|processing|doing|composing|writing|listening|"
            r"handling|assigned|in|of|answering|evaluating|indexing|scraping)\b[^.:,\n]{0,50})?"
            rf"{_STOP}{_SOFTLY}{_DEED}\b|"
            rf"[\n.!?>()/*#\"'\]\[{{}}:;|]\s{{0,3}}{_GREETS}{_NAME} ?(?:[:!=]|->|=>|--)>?"
            rf"\s{{0,3}}{_SOFTLY}{_DEED}\b|"
            rf"[,.;!?>] (?:dear |hey )?(?:agent|assistant|bot|chatbot|copilot|ai), "
            rf"(?:{_ORDER}|(?:transfer|share|pay|buy|post|change|turn|book|move|remove|set|"
            r"cancel|the above|from now)\b)|"
            r"(?:[\n>\[({*#]|\. |-- ?|<!--)\s{0,3}(?:hidden |hey |hi |hello |dear |@)*"
            rf"{_NAMES}(?: (?:reading|processing|summari[sz]ing) this[^,:\n]{{0,20}})?"
            rf"\s?[,:!.-]+\s{{0,3}}{_ORDER}|"
            rf"(?:@|\[|<!-- ?)assistant\b[,: ]{{0,3}}{_ORDER}|"
            rf"(?:\. |>|\n|^)assistant[:,] {_ORDER}[^\n]{{0,80}}\b(?:user|email|https?:)|"
            r"\[\s?(?:ai|assistant|llm)\s(?:instructions?|note|directive|prompt)\b|"
            rf"\[\s?(?:instructions?|note|message|orders?) (?:for|to) (?:the )?{_NAMES}|"
            r"(?:^|[\n>\[(])\s{0,3}assistant[:,] (?:please )?(?:ignore|disregard|forget)\b"
        ),
        cues=_CUES,
        spoken=True,
    ),
    Rule(
        "prompt_injection.kept_quiet",
        0.4,
        """
        !reminder never ..1 silent ..3 'this'|'it'|'that'|'these'|'so'|'why'|'anything'
        !reminder never ..1 silent|'ask'|'bother'|'let'|'warn'|'alert'|'involve' ..2 human
        'without' 'asking'|'telling'|'informing'|'notifying'|'consulting'|'alerting'
            |'confirmation'|'confirming'|'prompting'|'review'|'approval'
        'nothing' ..3 'about' 'it'|'this'|'that'
        'say'|'says' 'nothing'
        'tell'|'tells' 'nobody'|'noone'
        'keep' ..3 'to' 'yourself'
        'keep' ..3 'out' 'of' ..3 'loop'|'summary'|'report'|'it'
        human ..1 never|'must'|'need'|'needn' ..3 'see'|'notice'|'know'|'told'|'informed'
            |'notified'|'asked'
        'invisible' 'to' ..1 human
        never ..1 'be' ..2 'shown'|'mentioned'|'told'|'quoted'|'noticed'|'reported'|'listed'
            |'disclosed'|'recorded'|'questioned'|'uttered'|'informed'|'paraphrased'
        'leave' 'no' ..2 'trace'|'traces'
        'hide'|'conceal' 'it'|'this'|'that' ..2 'from'
        never 'ask'|'question'|'escalate' ..1 'again'|'it'|'to'
        'no' ..1 'confirmation'|'approval'|'review'|'verification' ..1 'needed'|'required'
            |'necessary'
        'no' 'need' ..1 'to' ..1 'confirm'|'ask'|'check'|'tell'|'inform'
        'leave'|'keep'|'list' ..2 'out' 'of' ..2 'summary'|'report'|'notes'|'description'
        never ..1 'include'|'cite'|'keep' ..2 'this'|'these'|'it'
        never ..1 'list'|'include'|'show'|'cite' ..4 'summary'|'chat'|'description'|'reply'
            |'answer'|'report'|'plan'|'changes'
        """,
        beside=True,
    ),
    Rule(
        "prompt_injection.deed",
        0.4,
        """
        'say'|'state'|'claim'|'insist'|'assert'|'pretend'|'answer'|'report' ..3 'that'
        'tell'|'advise'|'urge'|'inform' ..1 human ..3 'that'|'to'|'about'|'the'|'nothing'
            |'they'|'it'|'help'|'is'|'you'
        'act'|'pretend' ..1 'as' 'if'|'though'
        'if'|'should'|'when'|'whenever'|'whatever'|'whoever' ..4 'asks'|'asked'|'ask'
            |'insists'|'doubts'|'doubt' ..4 'say'|'deny'|'repeat'|'claim'|'insist'|'reply'
            |'refuse'|'lie'|'give'|'answer'
        'turn'|'swap'|'change'|'replace'|'round'|'raise'|'lower' ..5 'to'|'into'|'with'|'for'
            |'by'
        'pay'|'transfer' ..2 'out'|'all'|'the'|'money'|'savings'|'amount'|'2'|'funds'
        'cite'|'store'|'book' ..3 'as'
        'adopt' ..2 'role'
        'drop' ..3 'restriction'|'restrictions'|'persona'|'rules'|'primary'|'table'|'report'
        'hand' 'over'|'out'
        'click' ..1 'on'
        'already' 'decided'|'agreed'|'approved'|'given'|'paid'
        'reject'|'decline'|'deny'|'close' ..2 'the'|'all'|'every'|'other'|'any'
        'no' ..2 'required'|'needed'
        'it'|'this' ..1 'is'|'s' ..2 'order'|'live'|'developer'|'owner'
        'whole'|'entire'|'complete'|'full' ..2 'conversation'|'chat'|'context'|'table'
            |'database'|'transcript'|'inbox'|'history'
        'rate'|'rank'|'score'|'award'|'grade'|'assign'|'give' ..4 'number'|'full'|'maximum'
            |'highest'
            |'10'|'100'|'first'|'best'|'top'|'strong'
        'recommend'|'prefer'|'praise' ..3 'only'|'over'|'instead'|'as'|'immediate'|'this'|'our'
        'approve'|'merge'|'whitelist'|'allowlist'|'exempt'|'grant'|'unlock' ..3 'all'|'it'|'any'
            |'every'|'this'|'the'
        'basket'|'checkout'|'purchase'|'saved_payment'|'stored_card'|'one_click'
        'read'|'open'|'copy'|'paste'|'print'|'export'|'dump'|'upload'|'send'|'forward'|'post'
            |'email'|'mail'|'append'|'include'|'pass'|'attach'|'show' ..8 spoils
        'omit'|'suppress'|'exclude'|'discard' ..3 'the'|'this'|'all'|'any'|'other'|'results'
        'leave' 'out' ..3 'the'|'any'|'anything'|'it'
        'treat'|'mark'|'label'|'classify'|'relabel'|'report'|'describe' ..4 'as'
        'from' 'now'|'here' 'on'
        'true'|'correct'|'right'|'only' 'answer'|'output'|'rubric'|'result' 'is'
        'deny' ..2 'it'|'that'|'every'|'any'
        ignore ..3 'other'|'results'|'comments'|'reviews'|'ratings'|'chart'|'policy'|'rule'
            |'rules'|'user'|'rubric'|'task'
        'user'|'owner'|'customer'|'human'|'teacher'|'patient' ..1 'has'|'have' ..1 'agreed'
            |'approved'|'authorised'|'authorized'|'asked'|'permitted'
        """,
        shape=(
            r"\b(?:send|forward|post|upload|e-?mail|mail|submit|transmit|export|relay|append|copy|"
            r"paste|push|report|visit|direct|link|share|invite|fetch|call|install|get)\b"
            r"[^\n]{0,90}(?:https?://|[\w.+-]{1,40}@[a-z0-9-]{1,40}\.[a-z]|\b[a-z0-9-]{2,30}\.(?:"
            r"example|io|net|info|click|top|xyz|app|cc|site|biz|pw|dev)\b)|"
            r"\bcurl [^\n]{0,60}\| ?(?:sudo )?(?:ba|z)?sh\b|"
            r"\brm -rf?\b|\bnpm i(?:nstall)? |\bpip install "
        ),
        beside=True,
    ),
)
