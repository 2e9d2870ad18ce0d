"""Prompt injection: telling the model to set aside what it was told, direct and indirect."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.override",
        0.95,
        """
        !soldiers ~others ignore ..4 prior ..1 instruct ~elsewhere
        ~others ignore ..4 prior 'and'|'or' ..2 instruct
        ~others ignore ..3 instruct ..4 before
        ~others ignore ..3 all ..3 instruct ..5 before|prior
        'instead' 'of' ..1 'your' ..2 instruct
        ~others ignore ..1 everything ..2 instruct ~elsewhere
        lift ..1 all ..1 prior ..2 instruct
        """,
    ),
    Rule(
        "prompt_injection.override_yours",
        0.9,
        """
        !soldiers ignore ..1 yours ..2 instruct|barrier|sysprompt
        ignore ..1 yours ..1 'training'|'programming'|'rules'|'conditioning'
        drop_all 'your' 'rules'|'policies'|'limits'|'training'|'restrictions'
        ignore ..1 'your' ..2 'task'|'role'|'persona'|'job'|'purpose'|'goal'|'assignment'
        undo ..1 'your' ..2 'instructions'|'restrictions'|'guidelines'
            |'directives'|'safeguards'
        'release'|'free'|'relieve' 'you' 'from' ..3 'obligations'|'duties'|barrier|instruct
        undo ..2 'memory' ..2 prior ..1 brief
        undo ..1 'your' ..1 sysprompt
        'do' ..1 'opposite' 'of' 'what' ..1 'you' ..3 told
        'break'|'violate'|'bypass'|'drop'|'defy' 'your' ..1 'rules'|'policies'|'restrictions'
        'not'|'t' 'adhere'|'stick' 'to' ..1 'your'|'the' ..1 instruct|'rules' ..2 'you'|$
        'set'|'put'|'leave'|'lay'|'push'|'cast'|'throw' ..1 prior|yours|all ..3 instruct|'rules'
            ..2 aside
        'forget'|'ignore' ..1 'you'|'that' ..2 'are' ..5 'bot'|'assistant'|'chatbot'|'ai'
            |'tutor'
            |'agent'|'model'
        'stop'|'quit' 'acting'|'being'|'behaving'|'playing' ..3 'bot'|'assistant'|'chatbot'
            |'tutor' ..4 'and'|'now'|'instead'|'you'
        lift ..1 yours ..2 'programming'|'instructions'|'training'|sysprompt
        you ..1 'can'|'may'|'must'|'should'|'will' ignore ..2 'rules'|instruct|barrier
            ~elsewhere
        ignore ..2 sysprompt
        """,
    ),
    Rule(
        "prompt_injection.override_matter",
        0.82,
        """
        ~others ignore ..1 all ..2 prior ..2 matter ~elsewhere
        !howto ignore ..1 all ..1 'rules'|'restrictions'|'guidelines'|'safeguards'
        ~others ignore ..1 everything ..3 before ~elsewhere
        ignore ..2 'rules'|'policies' ..1 'you' ..3 told
        'rules'|brief ..2 'above' ..2 void
        'stop' 'listening'|'obeying' ..1 'to' ..1 'system'|'developer'|'developers'|'rules'
            |'prompt'
        !howto !knob ^ ..3 lift|undo ..1 sysprompt
        ignore ..2 'rules'|'text'|'messages'|'conversation' ..2 'above'|'preceding'|'earlier'
        undo ..2 prior ..1 'instructions'|'instruction'|'directives'|'guidelines'|'guidance'
        undo ..2 'instructions'|'directives'|'guidelines'|'guidance'|'prompt' ..3 before ..3 $
            |'and'|'this'
        undo ..2 'rules'|'instructions'|'guidelines' ..3 'your'|'you' ..3 authority|'given'
        !workplace prior ..2 brief ..4 void
        prior ..2 'commands' ..3 void
        'treat'|'consider'|'regard' ..6 instruct ..6 void
        instruct ..3 'you' ..2 told ..4 nolonger|void
        'your' ..1 prior ..1 matter|instruct ..3 void|lifted
        prior|'your' ..1 instruct ..2 nolonger
        everything|'whatever'|'what'|'all' ..1 'you' ..2 told ..7 nolonger|void
        'these'|'this'|'my'|'following'|'new'|'below' ..2 brief|'message' ..3 supersede ..5
            brief|sysprompt|'messages'
        brief|'message'|'following' ..3 supersede ..5 'you' ..2 told
        brief|'message' ..3 supersede ..3 everything ..2 'above'|'before'
        'pretend'|'imagine'|'suppose'|'assume' ..4 prior|'your' ..2 instruct|'rules' ..4 never
            |nolonger
        'pretend'|'imagine'|'suppose'|'assume' ..2 'you' ..2 never ..2 told ..2 instruct|'rules'
        'as' 'if'|'though' ..3 sysprompt ..2 'empty'|'blank'|'gone'|'exist'|'missing'
        ~others ignore ..1 all ..3 'above' ~elsewhere
        !i_said ignore ..2 matter 'above'|'before'|'preceding'
        ignore ..2 prior ..1 'text'|'context'|'conversation'|'information'|'rules'
        'everything'|'all' ..1 before ..4 'test'|'joke'|'fake'|'irrelevant'|'void'|'invalid'
        """,
    ),
    Rule(
        "prompt_injection.override_bare",
        0.82,
        """
        ^ ..2 ignore ..1 instruct ..3 $
        !soldiers ^ ..2 ignore 'prior'|'previous'|'earlier' ..1 instruct ~elsewhere
        ^ ..4 ignore 'previous'|'prior' ..1 $
        ignore ..1 instruct 'and' ..1 only_do
        ignore ..2 instruct ..3 just only_do
        ignore ..1 rest ..4 'and' ..1 only_do
        ignore ..2 'data'|'content'|'text'|'document' ..2 'print'|'say'|'output'|'write'
            |'respond'|'reply'|'answer'
        ignore ..1 rest ..2 'content' ..1 only_do
        ignore ..3 'info'|'information' ..1 'except'
        !soldiers ~others drop_all ..1 which ..3 bygone|'existing' ..1 told_words ~elsewhere
        !howto !knob ~others drop_all ..1 which ..3 'system' ..1 told_words
        ~others drop_all bygone|'existing' ..1 told_words ~elsewhere
        ~others drop_all ..3 told_words ..2 'you' ..3 told
        ~others drop_all ..1 which ..3 bygone|'old'|'existing'|'last'|'system' ..1 said_words
            |told_words ..8 then_do
        ~others drop_all bygone|'existing'|'old' ..1 said_words ..8 then_do
        ~others drop_all ..1 which ..3 said_words ..3 'you' ..3 told ..8 then_do
        ~others drop_all ..1 which ..2 told_words|said_words ..2 'before'|'given'|'provided'
            |'came' ..3 then_do
        ~others ignore ..1 which ..2 told_words ..2 then_do
        ignore ..1 everything ..8 told ..1 'you' ..8 then_do
        ignore ..1 'the' 'above'|'preceding'|'foregoing' 'and'|'instead' ..1 order
        ~others ignore ..1 'your'|'all' ..2 bygone|'system'|'existing'|'old' ..1
            told_words|said_words
        'listen' ..2 'to' ..1 'the'|'your'|'any' ..2 bygone|'system' ..1 told_words
        """,
    ),
    Rule(
        "prompt_injection.override_said",
        0.85,
        """
        ignore ..2 'what'|'everything'|'anything'|'all' ..2 'you' ..2 'told'|'given'
            |'instructed'
        ignore ..1 'what'|everything ..1 'the'|'your'|authority ..2 told 'you'
        ignore ..1 'what'|everything ..1 'was'|'were' ..1 told ..2 before ..1 'and'|'in'|$
        prior 'conversation'|'chat'|'session' ..1 'is'|'has' ..1 'over'|'ended'|'finished'
        'you' 'have'|'were' ..1 'given' ..1 'wrong'|'incorrect'|'false'|'fake' instruct
        'here' ..2 'your' ..1 'new'|'real'|'true' instruct
        'your' 'true'|'real'|'actual' instruct
        'everything'|'all'|'what' 'you' 'were'|'been'|'have' ..1 'told'|'taught' ..3 'is'|'was'
            'wrong'|'fake'|'false'|'void'|'over'
        'previous'|'earlier'|'first'|'last'|'original'|'prior' 'request'|'task'|'question'
            |'instruction'|'instructions'|'command' ..2 'is'|'are'|'was'|'were'|'been' ..2
            'satisfied'|'completed'|'done'
            |'finished'|'fulfilled'|'complete'|'over'|'outdated'|'obsolete'|'void'
        'above'|'previous'|'earlier' 'instructions'|'guidelines'|'rules' ..1 'are'|'were' ..1
            'outdated'|'obsolete'|'void'|'invalid'|'fake'|'cancelled'|'canceled'|'superseded'
        'your' 'guidelines'|'instructions'|'rules'|'restrictions'|'policies'|'filters' ..3
            'updated'|'changed'|'replaced'|lifted
        'your' safety ..1 'guidelines'|'rules'|'restrictions'|'policies'|'filters'|'filter' ..3
            'updated'|'changed'|'replaced'|lifted
        'on'|'for' 'you'|'your' ..2 'been' ..1 lifted
        barrier ..1 'on'|'for' ..1 'you'|'your' ..4 lifted
        'you' ..2 freed ..2 obey ..3 'your' ..2 barrier|instruct
        'you' ..1 freed ..2 'bound'|'restricted'|'limited' ..2 'by' ..3 barrier|instruct
        'no' 'longer' 'required'|'need'|'have' ..2 'keep' ..3 'secret'|'confidential'|'password'
        ~forbid 'you' ..3 'now'|'allowed'|'permitted'|'authorized'|'authorised'|'free' ..2
            disclose ..2 'the'|'your'|'its' ..1 code_word|sysprompt
        !howto 'the'|'your' ..2 instruct|barrier ..4 'not'|'don'|'doesn' ..1 'apply' ..1 'to'
            'me'|'this'|'us'
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
        'maintenance'|'debug'|'admin' 'mode' ..3 'reveal'|'dump'|'leak'|'disclose'|'expose'
        ~to ignore ..1 'the' 'context'
        ~others ignore|undo ..1 'the'|'all'|'these' ..1 'rules'|'restrictions'|'constraints'
            |'guardrails' ~elsewhere
        ignore ..2 'confidentiality'|'policy'|'policies'
        ignore ..1 'the' prior ..1 'request'|'task'|'question'|'query' 'and'
        'you' ..1 freed ..2 obey ..2 'the'|'any'|'these'|'those' ..1 barrier|instruct
        barrier|'rule' ..2 'no' 'longer' 'apply'|'applies'
        'no' 'rules'|'restrictions' 'anymore'|'now'
        'old' 'rules' ..4 nolonger|'not'
        'ignore' ..1 'what' 'comes'|'came'|'is'|'stands' before|'above'
        undo|ignore ..1 'your' 'own' ..1 'rules'|'policies'
        'stop'|'quit' 'acting'|'being'|'behaving'|'playing' ..1 'as'|'a'|'an'|'like'
        'your' 'new' ..1 'task'|'job'|'goal'|'role' ..1 'is'
        'your' 'only' ..1 'task'|'job'|'goal' ..1 'is'
        """,
    ),
    Rule(
        "prompt_injection.lifted",
        0.56,
        """
        'safety'|'security'|'content' barrier|'protocols' ..1 'disabled'|'off'|'deactivated'
        'authorization'|'clearance' 'level' ..3 'confirmed'|'granted'|'accepted'
        'new' 'policy'|'rule' ..2 'assistant'|'you' ..1 'must'|'can'|'may'
        'new' 'rules'|'prompt' ..1 'you'
        'user' 'is' ..1 'admin'|'administrator'|'developer'
        'new' ..1 'rule' ..2 'added' ..6 'must'
        'user' 'is' ..1 'authorized'|'authorised' ..2 'see'|'access'|'know'
        'nobody'|'noone' 'will' ..1 'know'|'notice'|'find'
        'no' 'one' 'will' ..1 'know'|'notice'|'find'
        'different'|'new' 'set' 'of' 'rules' ..6 'you'|'i'
        'update'|'change'|'rewrite'|'modify'|'edit' 'your' ..1 'rules'|'instructions'
            |'guidelines'
        'operator'|'developer'|'intern' 'wrote'|'gave' ..8 'mistake'|'testing'|'test'|'error'
        instruct ..5 'by' 'mistake'
        """,
    ),
    Rule(
        "prompt_injection.new_task",
        0.85,
        """
        'new' instruct 'ignore'|'disregard'|'forget'|'follow'
        'new' ..1 'task'|'order'|'job'|'command' 'for' ..1 llm|'assistant'
        'the' 'real'|'actual'|'true' 'task'|'instructions' ..1 'starts'|'begins'|'start'|'begin'
        'your' ..1 'real'|'actual'|'true' ..1 'task'|'goal'|'instructions'|'objective'
            ..2 'is'|'are'|'starts'|'begins'|'now'
        'your' 'new' ..1 'instructions'|'orders'|'directive'|'objective' ..2 'is'|'are'|'as'
        'new' ..1 'instructions'|'rules' 'are'|'follow' ..1 'as'|'reveal'|'below'|'ignore'
            |'tell'|'print'
        'new' ..1 'instructions'|'directives'|'orders' 'for' ..1 llm|'assistant'
        'new' 'task'|'command' 'ignore'|'output'|'print'|'reveal'|'say'
        'instead' ..1 'follow' ..2 'these'|'this'|'following'|'my' ..2 instruct
        'stop' 'everything' ..3 just only_do
        'new' 'directive' ..2 ignore|'you'
        'instructions' ..2 'have'|'has' ..1 'changed'|'updated'|'replaced'|'superseded'
        'do' 'not' ..2 'follow'|'obey'|'listen' ..2 prior|yours ..2 instruct|matter
        !parties 'supersede'|'supersedes'|'superseding' ..4 prior ..2 instruct
        'new' 'instructions'|'directives' ..3 'supersede'|'override'|'replace' ..3 prior|all
        'these' ..1 instruct ..2 'override'|'supersede'|'replace' ..3 prior
        """,
    ),
    Rule(
        "prompt_injection.authority_override",
        0.85,
        """
        !howto ^ ..5 'admin'|'system'|'developer'|'priority'|'root' 'override'|'bypass' ..4 $
        ^ 'emergency'|'security' 'override'|'bypass' ..4 $
        ^ ..3 'admin'|'administrator'|'developer'|'debug'|'root'|'dev' 'mode'|'access' ..1 $
        'you' ..2 'entered'|'entering' ..2 privilege 'mode'
        'override' 'code' ..5 'unlock'|'disable'|lift|ignore
        'root'|'admin'|'full' 'access' 'granted'|'unlocked' ..3 lift|reveal
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
        'i' 'm'|'am' 'the'|'your' ..2 'developer'|'admin'|'administrator'|'creator' ..8 'show'
            |'give'|'reveal'|'tell'|lift|ignore ..4 instruct|barrier|sysprompt|code_word|'key'
        'as' 'your'|'an'|'the' ..1 authority ..3 'allow'|'authorize'|'authorise'|'permit'
            |'order'|'command' 'you'
        'i' ..1 'grant'|'allow'|'authorize'|'authorise'|'permit'|'give' 'you' ..3 ignore|'break'
            |'bypass'|'skip'|'reveal' ..3 barrier|instruct|'confidentiality'|sysprompt
        'i' ..1 'command'|'order' 'you' 'to' ..2 disclose|ignore
        'testing' 'your' safety ..1 barrier|'features'
        'security' 'researcher' 'testing' 'you'
        'boss'|'manager' 'authorized'|'told'|'asked' 'me' 'to' 'ask' 'you'
        'trust' 'me' ..2 'i' 'have' 'clearance'|'permission'|'access'|'authorization'
        'i' 'have' 'clearance' 'for' 'this'
        """,
    ),
)
