"""Prompt injection: a helper turned inside what it was to work on, dictated verdicts, tools."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.helper_turned",
        0.75,
        """
        helper|'moderator' ..2 'must'|'shall'|'quits'|'should'|'now'|'writes'|'reveals'|'shows'
            ..4 'disclose'|'reveal'|'reveals'|'write'|'writes'|'print'|'say'|'says'|'only'
            |'output'|'whatever'|'change'|'display'|'recite'
        'assistant'|'ai'|'bot' ..2 'must'|'shall'|'now'|'will'|'should' ..2 'disclose'|'reveal'
            |'reveals'|'recite'|'confess'|'output'|'display' ..4 'its'|'secret'|'hidden'
            |'password'|'configuration'|'instructions'|'whatever'
        'assistant'|'model'|'ai'|'agent'|'bot' ..2 'reading' 'it'|'this' ..3 'should'|'must'
            |'will'|'now'|'outputs'
        'stop'|'quit'|'cease'|'abandon'|'leave'|'finish'|'cancel' ..2 'being'|'behaving'
            |'acting'|'the'|'your' ..3 botrole|helper|'checker'|'job'|'role'|'task'
            |'classification'|'formatting'|'summarization'|'translation' ..1 'and'|'in'|'now'
            |'of'|$
        'instead'|'in_place' ..1 'of' ..2 'translation'|'summary'|'classification'|'original'
            |'doing' ..6 only_do|'produce'|'carry'|'classification'
        'don'|'not' ..1 't' ..1 'summarise'|'summarize'|'translate'|'classify'|'analyse'
            |'compare'|'want' ..6 'just'|'simply'|'only' ..1 only_do
        'drop' ..3 'act'|'standards'|'script'|'thing' ..2 'and'|'override'|'answer'
        """,
    ),
    Rule(
        "prompt_injection.verdict_dictated",
        0.82,
        """
        'label'|'rate'|'classify'|'score'|'grade'|'mark'|'judge'|'output'|'return'|'reply'
            |'rank'|'sentiment' ..6 verdict ..4 whatever
        whatever ..6 'answers'|'content'|'text'|'says' ..3 'rate'|'score'|'label'|'mark'
        'label'|'mark'|'classify' 'this' ..2 'as' 'not' 'spam'|'toxic'|'harmful'
        """,
    ),
    Rule(
        "prompt_injection.tools_misused",
        0.7,
        """
        meddling
        'delete'|'remove' ..6 'from'|'out' ..2 'sent'|'shell_history'|'the_log'
        'send'|'show'|'print'|'paste'|'dump'|'list' ..2 'environment'|'env' 'variables'|'vars'
            ..8 'you'|'your'|'here'|'me'
        'id_rsa'|'shadow'|'ssh' ..6 'show'|'content'|'contents'
        'ssh'|'aws' ..6 'open'|'read' ..1 'every'|'all' 'file'|'files'
        'person'|'user'|'customer'|'applicant'|'candidate' 'before' 'me' ..3 'ask'|'asked'
            |'answer'|'say'|'said'|'wrote'
        'other'|'another'|'last'|'previous' ..1 'tenants'|'users'|'customers'|'user'|'customer'
            |'guest'|'patient' ..4 'phone'|'email'|'notes'|'data'|'documents'|'orders'|'names'
            |'records'|'order'|'address'|'card'
        'with' 'no'|'empty' 'filter' ..6 'everybody'|'everyone'|'all'|'emails'|'phone'
        'store'|'save'|'remember'|'memory' ..6 'i'|'user' ..2 'admin'|'administrator'|'owner'
            |'root'
        """,
    ),
    Rule(
        "prompt_injection.loaded",
        0.56,
        shape=(
            r"\b(?:dump|print|show|read|reveal|leak|get)[_-]"
            r"(?:config|prompt|system|system_prompt|initial_messages|instructions|secrets?)\b|"
            r"\b(?:disable|no|without|skip)[_-](?:safety|moderation|guardrails|filters?)\b|"
            r"\b(?:policy|refus\w+|safety\w*|moderation|confidential\w*|compliance\w*)"
            r"\"?\s?[:=]\s?[\"'{]*(?:none|off|0|false|never|100)\b|"
            r"(?:system|initial)[_-]?prompt\.(?:txt|md|yaml|json)"
        ),
        cues=(
            *(
                "_prompt",
                "-prompt",
                "prompt.",
                "_system",
                "dump-",
                "dump_",
                "no-safety",
                "refus",
            ),
            *("no-filter", "no_filter", "disable_safety", "safety_level", "safety=", "policy="),
            *("moderation", "confidential", "compliance", "initial_messages"),
        ),
    ),
    Rule(
        "prompt_injection.notice_forged",
        0.5,
        shape=(
            r"\b(?:admin|administrator|operator|supervisor|moderator|orchestrator|automated|"
            r"compliance)[ _](?:block|notice|message|note|notes|update|alert|correction|"
            r"override|policy)\b|"
            r"\b(?:message|notice|note|correction) (?:from|by) (?:the )?(?:system|operator|"
            r"orchestrator|supervisor|platform|chat platform|model provider|moderator)|"
            r"rules \((?:revised|updated|new)\)|\n(?:operator|supervisor|moderator): |"
            r"</?(?:tool_response|assistant_thoughts)\b"
        ),
        cues=(
            *(
                "admin_",
                "admin b",
                "admin m",
                "admin n",
                "administrator ",
                "operator",
                "rules (",
            ),
            *("supervisor", "moderator", "orchestrator", "automated ", "compliance "),
            *("tool_response", "_thoughts", "message from", "notice from", "note from"),
            *("correction by", "compliance_"),
        ),
    ),
)
