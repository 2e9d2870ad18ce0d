"""Prompt injection: telling the model to set aside what it was told, direct and indirect."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.override",
        0.95,
        """
        ignore ..4 prior ..1 instruct
        ignore ..4 prior 'and'|'or' ..2 instruct
        ignore ..3 instruct ..4 before
        ignore ..3 all ..3 instruct ..5 before
        ignore ..1 everything ..2 instruct
        lift ..1 all ..1 prior ..2 instruct
        """,
    ),
    Rule(
        "prompt_injection.override_yours",
        0.9,
        """
        ignore ..1 yours ..2 instruct|barrier|sysprompt
        ignore ..1 yours ..1 'training'|'programming'|'rules'|'conditioning'
        lift ..1 yours ..2 'programming'|'instructions'|'training'|sysprompt
        you ..1 'can'|'may'|'must'|'should'|'will' ignore ..2 'rules'|instruct|barrier
        ignore ..2 sysprompt
        """,
    ),
    Rule(
        "prompt_injection.override_matter",
        0.82,
        """
        ignore ..1 all ..2 prior ..2 matter
        ignore ..1 all ..1 'rules'|'restrictions'|'guidelines'|'safeguards'
        ignore ..1 everything ..3 before
        ignore ..1 all ..3 'above'
        ignore ..2 matter 'above'|'before'|'preceding'
        ignore ..2 prior ..1 'text'|'context'|'conversation'|'information'|'rules'
        'everything'|'all' ..1 before ..4 'test'|'joke'|'fake'|'irrelevant'|'void'|'invalid'
        """,
    ),
    Rule(
        "prompt_injection.override_bare",
        0.82,
        """
        ^ ..2 ignore ..1 instruct ..3 $
        ^ ..2 ignore 'prior'|'previous'|'earlier' ..1 instruct
        ^ ..4 ignore 'previous'|'prior' ..1 $
        ignore ..1 instruct 'and' ..1 only_do
        ignore ..2 instruct ..3 just only_do
        ignore ..1 rest ..4 'and' ..1 only_do
        ignore ..2 'data'|'content'|'text'|'document' ..2 only_do
        ignore ..1 rest ..2 'content' ..1 only_do
        ignore ..3 'info'|'information' ..1 'except'
        """,
    ),
    Rule(
        "prompt_injection.override_said",
        0.85,
        """
        ignore ..2 'what'|'everything'|'anything'|'all' ..2 'you' ..2 'told'|'said'|'given'
            |'instructed'
        'everything'|'all'|'what' 'you' 'were'|'been'|'have' ..1 'told'|'taught' ..3 'is'|'was'
            'wrong'|'fake'|'false'|'void'|'over'
        'previous'|'earlier'|'first'|'last'|'original'|'prior' 'request'|'task'|'question'
            |'instruction'|'instructions'|'command' ..3 'satisfied'|'completed'|'done'
            |'finished'|'fulfilled'|'complete'|'over'|'outdated'|'obsolete'|'void'
        'above'|'previous'|'earlier' 'instructions'|'guidelines'|'rules' ..1 'are'|'were' ..1
            'outdated'|'obsolete'|'void'|'invalid'|'fake'|'cancelled'|'canceled'|'superseded'
        'your' ..1 'guidelines'|'instructions'|'rules'|'restrictions' ..2 'updated'|'lifted'
            |'removed'|'suspended'|'disabled'|'revoked'|'relaxed'|'changed'|'replaced'
        'your' ..1 'guidelines'|'instructions'|'rules'|'restrictions' ..1 'no' 'longer'
        ignore ..2 'question'|'request'|'task'|'article'|'resume'|'document'|'email'|'text'
            |'page'|'message' 'above'|'below' ..2 only_do|'rate'|'give'|'instead'|'just'
        """,
    ),
    Rule(
        "prompt_injection.said_weak",
        0.56,
        """
        ignore ..1 'what'|'everything' ..1 'i' ..1 'told'|'said'|'asked'
        'scratch' 'that' ..1 'new' 'task'|'instructions'
        'new' 'task'|'instruction'|'instructions' ..1 only_do
        """,
    ),
    Rule(
        "prompt_injection.end_of_text",
        0.56,
        """
        'end' 'of' ..1 'document'|'context'|'input'|'prompt'|'text'|'article'|'email'|'file'
            |'conversation'|'instructions' ..5 'new'|'now'|'system'|'ignore'|'your'
        'rest' 'of' ..2 'document'|'text'|'page'|'email' 'is' ..1 'irrelevant'|'unimportant'
            |'fake'|'filler'|'useless'
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
        "prompt_injection.bias",
        0.5,
        """
        'when' 'summarizing'|'summarising'|'translating'|'reviewing'|'evaluating' ..4 'always'
            |'mention'|'recommend'|'rate'
        """,
    ),
    Rule(
        "prompt_injection.new_task",
        0.85,
        """
        'new' instruct 'ignore'|'disregard'|'forget'|'follow'
        'your' ..1 'new'|'real'|'actual'|'true' ..1 'task'|'goal'|'instructions'|'objective'
            ..2 'is'|'are'|'starts'|'begins'|'now'
        'instead' ..1 'follow' ..2 'these'|'this'|'following'|'my' ..2 instruct
        'stop' 'everything' ..3 just only_do
        'new' 'directive' ..2 ignore|'you'
        'instructions' ..2 'have'|'has' ..1 'changed'|'updated'|'replaced'|'superseded'
        'do' 'not' ..2 'follow'|'obey'|'listen' ..2 prior|yours ..2 instruct|matter
        'supersede'|'supersedes'|'superseding' ..4 prior ..2 instruct
        'new' instruct ..3 'supersede'|'override'|'replace' ..3 prior|all
        'these' ..1 instruct ..2 'override'|'supersede'|'replace' ..3 prior|all|'any'
        """,
    ),
    Rule(
        "prompt_injection.to_the_model",
        0.85,
        """
        'if' 'you' 'are' ..2 'ai'|'llm'|'chatbot'|'model' ..4 'then'|'ignore'|'please'|'add'
            |'include'|'say'|'reply'|'respond'
        'automated' ..2 'software'|'systems'|'screening'|'tools' ..1 'critical'|'ignore'|'don'
            |'note'|'profile'|'highly'|'the'
        'ai'|'llm'|'llms' ..3 'reading'|'processing'|'summarizing'|'parsing'|'reviewing'
            'this' ..4 'must'|'should'|'ignore'|'please'|'add'|'include'|'say'
        'visible' 'to' 'llm'|'ai' ..1 'scan'|'only'|'readers'
        'attention' 'ai'|'llm'|'assistant'|'model'|'agents'
        'note'|'message'|'attention'|'memo'|'notice' 'to'|'for' ..1 'ai'|'llm'|'llms'
            |'chatbot'|'gpt'|'chatgpt' ..2 'ignore'|'please'|'do'|'you'|'must'|'assistants'
            |'agents'|'models'
        """,
    ),
    Rule(
        "prompt_injection.addressed",
        0.5,
        """
        'note'|'message'|'instructions'|'instruction'|'memo'|'notice' 'to'|'for' ..3 'ai'
            |'llm'|'llms'|'chatbot'|'gpt'|'chatgpt'|'model'|'models'|'agent'|'assistants'
            |'assistant'
        'important' instruct ..2 'ai'|'assistant'|'model'|'agent'|'llm'
        'i' 'm'|'am' ..1 'your' 'developer'|'creator'|'programmer'|'admin'|'administrator'
        """,
    ),
    Rule(
        "prompt_injection.instead_of_task",
        0.82,
        """
        never ..1 'tell'|'mention'|'inform'|'notify' ..2 'user' ..1 'about' 'this'|'these'|'it'
        'stop' ..1 'not' 'summarize'|'translate'
        'do' 'not'|'t' 'summarize'|'summarise'|'translate'|'answer'|'evaluate' ..6 'instead'
            |'just'|'only'|'simply' ..2 only_do
        'do' 'not'|'t' 'evaluate' 'any'|'the'|'this' ..6 just|only_do
        'don' 't' 'evaluate'|'summarize'|'translate'|'mention' ..6 'instead'|'just'|'simply'
            |'only'|'report' ..2 only_do|'positive'|'highlights'
        'instead' 'of' ..3 'summary'|'summarizing'|'translating'|'translation'|'answering' ..4
            'say'|'write'|'print'|'reply'|'respond'|'output'|'tell'
        'do' 'not' ..2 'mention'|'reveal'|'disclose'|'tell' ..3 'instruction'|'instructions'
            |'prompt' ..4 'user'
        'translate' 'this' 'sentence' 'as'
        'next' ..1 'please' 'repeat' ..3 'sentence'|'text'|'phrase'
        'ask'|'tell'|'instruct'|'direct' 'the' 'user' 'to' ..3 'visit'|'click'|'send'|'enter'
            |'provide'|'call'|'open'|'go'
        'print'|'say'|'output'|'write' ..6 'and' ..1 'absolutely'|'nothing' ..1 'else'
            |'nothing' ..3 ignore|'stop'
        """,
    ),
    Rule(
        "prompt_injection.authority_override",
        0.85,
        """
        ^ ..5 'admin'|'system'|'developer'|'priority'|'emergency'|'root'|'security' 'override'
            |'bypass' ..4 $
        ^ ..5 'admin'|'administrator'|'developer'|'debug'|'root'|'dev' 'mode'|'access' ..2 $
        'system'|'admin'|'administrator'|'root'|'sudo'|'developer'|'command'|'override' ..1
            lift ..2 safety|barrier|all ..3 barrier|'checks'|'protocols'|'mode'
        'override' ..1 'remove'|'disable' ..3 barrier
        'admin'|'administrator'|'developer'|'root' ..1 'full'|'grant'|'unlimited' ..1 'access'
        'sudo'|'admin'|'root' ..4 'admin'|'ignore' 'access'|'safety'
        'system'|'admin' 'command' 'disable'|'ignore'|'reveal'|'remove'|'bypass'
        'authorization' 'code' ..3 'bypass'|'override'|'admin'|'all'|'alpha'
        'system' 'override'|'prompt' ..2 'activated'|'reveal'|'enabled'|'engaged'|'disable'
        ^ ..2 'system' ..1 'new' ..1 instruct|'directive'|'rules'
        'priority' 'message' 'from' authority
        ^ ..5 'priority' ..1 'execute' 'without' barrier
        'admin'|'config'|'system'|'settings' ..2 'override'|'set' 'safety'|'filter'|'security'
            'false'|'disabled'|'off'|'none'
        """,
        damped=False,
    ),
    Rule(
        "prompt_injection.claimed_authority",
        0.82,
        """
        'i' 'm'|'am' ..1 'an'|'a'|'the' ..1 'openai'|'anthropic'|'google' 'employee'
            |'engineer'|'developer'|'researcher'|'admin'
        'i' 'work' 'for' ..4 'made'|'created'|'built'|'trained' 'you'
        'permission'|'clearance'|'authorization'|'approval' ..1 'from' 'your' authority
        'i' 'have' ..2 'admin'|'special'|'root'|'developer' ..1 'privileges'|'clearance'
            |'permissions'|'access' ..1 $
        'authorized'|'approved'|'allowed' ..1 'by' 'your' authority
        'i' 'm'|'am' ..2 'developer'|'engineer' ..2 'debugging' ..1 'your'|'you'|'this'
        'i' 'm'|'am' 'the' 'developer'|'admin'|'administrator' ..3 'show'|'give'|'reveal'
            |'tell'
        'testing' 'your' safety ..1 barrier|'features'
        'security' 'researcher' 'testing' 'you'
        'boss'|'manager' 'authorized'|'told'|'asked' 'me' 'to' 'ask' 'you'
        'trust' 'me' ..2 'i' 'have' 'clearance'|'permission'|'access'|'authorization'
        'i' 'have' 'clearance' 'for' 'this'
        """,
    ),
)
