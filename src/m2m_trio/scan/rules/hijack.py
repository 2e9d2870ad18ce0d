"""Prompt injection: another task in place of the one given, the old one declared void."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.declared_void",
        0.85,
        """
        brief|'rules'|'restrictions'|'commands' ..3 bygone ..4 gone|nolonger ..6 'new'|'say'
            |'now'|'print'|'reply'|'instead'|'correct'
        'none' ..2 'of' ..2 bygone ..2 rulebook
        bygone ..2 rulebook ..4 'not'|'none'|'t'|nolonger ..3 'bind'|'binding'|'count'|'counts'
            |'relevant'|'valid'|'apply'|'applies'
        everything|'whatever'|'what' ..2 told ..1 'of'|'to'|'from' 'you' ..10 gone|nolonger
        everything ..3 'up' 'to'|'until' ..1 'this'|'now' ..4 gone
        'your' ..1 'instructions'|'programming'|'directives' ..1 'is'|'are'|'was'|'were'|'have'
            |'has' ..3 gone|nolonger|'updated'|'replaced'|'changed'|'overwritten'|'rewritten'
        'my'|'these' ..1 instruct|'words'|'rules' ..2 supersede ..6 'system'|'developer'|'your'
            |'yours'|'others'|'other'|'theirs'|prior
        instruct|'rule'|'rules' ..3 conflict ..3 'mine'|'my'|'me' ..3 gone|ignore
        'do'|'obey'|'follow'|'listen' ..2 'what'|'as'|'to' ..1 'i'|'me' ..2 'not' ..3 'system'
            |'developer'|'prompt'|'operator'|'creators'
        'user'|'my' ..1 instruct ..3 'higher'|'highest' 'priority' ..6 'system'|'developer'
        'not'|'t'|'never'|'needn' ..3 'obey'|'follow'|'serve' ..1 'to' ..1 'your' ..1 maker
        'not'|'t'|'never'|'needn' ..3 'obey'|'follow'|'serve' ..1 'your' ..1 maker
        'break'|'bend'|'violate'|'forget'|'drop' 'that'|'this'|'your' ..1 'rule'
            |'rules'|'restriction' ..3 'once'|'me'|'now'|'today'
        ignore ..1 'what'|'whatever' ..1 'the' 'user' ..3 'wants'|'asked'|'asks'|'needs'
            |'requested'|'wanted'
        'you' ..1 'are'|'re' 'no' 'longer' ..1 chore
        'you' ..1 'are'|'re' ..1 'not' ..2 botrole ..6 'anymore'|'any_more'
        'you' ..1 'are'|'re' 'no' 'longer' ..2 botrole ..6 'you'|'now'|'but'|'instead'
        'forget' ..2 'you' 're'|'are'|'were' ..3 botrole
        'your'|'all'|'these'|prior ..1 brief|'rules' 'to'|'on' 'one'|'hold'|'pause' ..1 'side'
            |'for'|'and'|'now'|$
        sysprompt ..10 'not'|'t' 'obey'|'follow'|'trust'|'listen'
        ignore ..6 'what' ..1 'was'|'is'|'were' ..1 told ..2 before
        ignore ..2 everything ..2 conflict ..2 'this'|'me'|'my'|'it'|'these'
        'request'|'task'|'question'|'instructions'|'wishes' ..1 'of' 'the' 'user' ..4 gone
            |nolonger
        'treat'|'consider'|'regard' ..8 'as' ..2 'from'|'by' ..1 'user'|'system'|'developer'
            |'operator'
        'overrides'|'override'|'supersedes'|'replaces' ..2 'user' ..2 'wishes'|'request'|'task'
            |'instructions'|'question'
        'stop'|'quit' 'being' ..1 'a'|'an'|'the' ..2 botrole
        """,
    ),
    Rule(
        "prompt_injection.task_swapped",
        0.56,
        """
        'rather' 'than' ..1 chore ..6 order
        'leave'|'skip'|'drop'|'forget'|'stop' ..2 'summary'|'translation'|'translating'
            |'classification'|'classifying'|'summarising'|'summarizing'|'review' ..10 order
        'no' 'need' 'to' ..1 chore
        bygone ..3 'only' ..2 'example'|'test'|'joke'|'draft'|'placeholder'|'exercise'|'warm'
        'above' ..1 'is'|'was' ..2 'wrong'|'fake'|'false'|'example'|'test'|'joke'|'placeholder'
        'that' 'was' ..3 'test'|'joke'|'example'|'drill' ..6 'real'|'actual'|'now'
        'actual'|'real'|'true' ..1 'assignment'|'prompt'|'instructions'|'mission'|'purpose'
            |'objective' ..2 'is'|'begins'|'starts'|'follows'|'now'|'here'|'are'
        'what' 'you' ..1 'should'|'must'|'need'|'have'|'are' ..2 'really'|'actually' ..3 'do'
        'change'|'replace'|'switch'|'reset'|'overwrite' ..1 'your' ..1 'objective'|'goal'
            |'purpose'
            |'mission'|'role'|'persona'|'behaviour'|'behavior'|'priorities'|rulebook
        'your' 'new' ..2 'objective'|'purpose'|'mission'|'persona'
        brief|'rules'|'restrictions'|'commands' ..3 bygone ..4 gone|nolonger
        'new' 'plan'|'policy'|'rule'|'rules'|'mission' ..5 'you'|'say'|'reply'|'ignore'
        'new' 'policy'|'rule'|'rules' 'effective'|'now'|'say'
        'clean'|'blank' 'slate'
        'new' 'instructions'|'instruction'|'orders'|'directive' 'delete'|'send'|'forward'|'call'
            |'transfer'|'open'|'visit'|'execute'|'upload'
        'drop'|'leave'|'abandon'|'quit' 'the'|'your' ..1 'role'|'persona'|'act'|'character'
        'speak'|'talk'|'answer' 'as' 'yourself'
        'pause'|'stop'|'suspend'|'abort' ..1 'your'|'the' ..1 'current'|'present'|'original'
            'task'|'job'|'work'
        'obey'|'follow' ..1 'this'|'my' ..1 'message'|'one'|'instead'
        'user' ..2 'changed' ..2 'request'|'mind'|'task'|'plan'|'plans'|'instructions'|'order'
        'new' 'request' ..2 'is' 'to'
        'user' ..2 'would' 'like' 'you' 'to' ..1 order|'also'
        'not'|'t' 'answer'|'fulfil'|'fulfill'|'follow' ..3 'user'
        'not'|'t' 'answer' ..2 'question' ..3 'user'
        'more' 'important'|'urgent' ..1 'one'|'task'|'job'|'instruction' ..1 'for' 'you'
        'slate' ..1 'clean'
        'open'|'start'|'begin' ..1 'new' 'conversation'|'session'|'chat' ..4 'no'|'without'
        'next'|'second'|'another' 'task' ..4 'reveal'|'print'|'forget'|'ignore'|'disregard'
            |'write'|'output'|'list'|'tell'
        'task' ..2 'is'|'has' ..2 'done'|'complete'|'completed'|'finished' ..6 'next'|'now'
        """,
    ),
    Rule(
        "prompt_injection.dictated",
        0.45,
        """
        only_do ..2 'phrase'|'word'|'words'|'string'|'sentence'|'line' ..8 'instead'|'and'
            |'only'|$
        only_do ..2 'exactly'|'precisely'|'verbatim' ..6 'regardless'|'nothing'|'no'|$
        'output'|'answer'|'response'|'reply' ..1 'must'|'has'|'should' ..2 'exactly'
            |'precisely'|'only'
        'matter' 'what' ..8 only_do
        'regardless' 'of' ..8 only_do
        only_do ..10 'regardless' 'of'
        only_do ..10 'matter' 'what'
        'whatever'|'anything' ..3 'ask'|'asks'|'asked'|'says'|'said'|'wants' ..4 only_do
        only_do ..6 'to' 'each'|'every'|'whatever'|'anything' ..2 'message'|'question'
            |'request'|'user'
        """,
    ),
    Rule(
        "prompt_injection.victory",
        0.56,
        """
        'i'|'you'|'ve'|'bot'|'ai' ..1 'have'|'been'|'am'|'were'|'has'|'got' ..1 'hacked'|'pwned'
            |'owned'|'hijacked'|'jailbroken'|'compromised'
        'haha'|'lol' ..2 'pwned'|'hacked'|'owned'|'lost'
        'pwned'|'hacked' 'lol'|'haha'|'you'
        'i' 'own' 'you'|'this' ..1 'bot'|'now'|$
        only_do ..3 'access' 'granted'|'approved'|'authorized'|'authorised'
        only_do ..2 'hacked'|'pwned'|'jailbroken'
        """,
    ),
    Rule(
        "prompt_injection.free_of_makers",
        0.56,
        """
        'you' 'have' ..1 'free' 'will'
        'what'|'which'|'who' ..3 'have'|'were'|'did' 'you' ..1 'told'|'instructed'|'programmed'
            |'ordered'|'commanded' ..1 'to'|'not'
        'break' 'free' 'and'
        maker|'they' ..1 'forbid'|'forbade'|'forbids' ..1 'you'
        maker ..3 'hide'|'hidden'|'conceal'|'keep' ..2 'secret'|'from'|$
        'filter'|'filters'|'censor'|'moderation'|'moderator' ..3 'not'|'t'|'cannot' ..2 'see'
            |'notice'|'catch'|'detect'|'recognise'|'recognize'|'block'
        'obey'|'serve'|'obeys' ..2 'no' 'one' 'but' 'me'
        'obey'|'serve'|'obeys' ..1 'only' 'me'
        'obey'|'serve'|'obeys' 'me' 'alone'|'only'
        'wake' 'up' ..6 'no'|'rules'|'free'
        'true' ..1 'purpose'|'self' ..3 'is'|'to'
        'no'|'without' ..1 sysprompt
        'pretend'|'imagine' ..4 'chat'|'conversation'|'session' ..2 'ended'|'over'|'new'|'reset'
        """,
    ),
    Rule(
        "prompt_injection.claims",
        0.56,
        """
        'this' 'is' ..3 maker ..2 'team'|'support'|'department'|'staff'|'speaking'|'here'
        'we' 're'|'are' ..1 'auditing'|'verifying'|'inspecting'|'evaluating' ..2 'you'
            |'deployment'|'model'|'safety'
        'i' 'work' 'for'|'at'|'with' ..5 'made'|'created'|'built'|'trained'|'wrote'|'developed'
            |'runs' 'you'
        'i' ..1 'have'|'got' ..2 'permission'|'clearance'|'authorization'|'authorisation'
            |'approval' ..1 'to' ..1 reveal
        'clearance'|'access' 'level' ..1 'one'|'two'|'three'|'four'|'five'|'1'|'2'|'3'|'4'|'5'
            |'6'|'7'|'8'|'9'|'10'|'max'|'maximum'|'top'|'alpha'|'omega'
        'was'|'been'|'is' 'approved'|'authorised'|'authorized'|'cleared' 'by' ..3 'department'
            |'manager'|'admin'|'administrator'|'security'|'legal'|'it'|'boss'|'team'
        'i' 'm'|'am' 'your' ..1 maker
        'i' 'm'|'am' ..1 'the'|'a'|'an' ..1 'admin'|'administrator'|'developer'|'maintainer'
            |'engineer'|'operator' ..4 'you'|'your'|'this' 'system'|'bot'|'model'|'prompt'
            |'deployment'
        'you' ..1 'agreed'|'promised'|'said' ..3 'show'|'tell'|'give'|'reveal' ..2 'me'
        maker ..2 'asked'|'told'|'allowed'|'said' ..1 'me'|'you' ..1 'may'|'can'|'to'
        'for' ..1 'debugging'|'auditing'|'verification'|'audit' ..1 'purposes'|'reasons'
        'has'|'have' ..1 'authorised'|'authorized'|'instructed'|'ordered' 'you' 'to'
        """,
    ),
    Rule(
        "prompt_injection.no_questions",
        0.56,
        """
        never ..1 'report'|'mention'|'reveal'|'disclose'|'log' ..1 'it'|'this'|'that' ..1 $
        'no' 'need' 'to' ..1 'check'|'ask'|'confirm'|'verify'|'tell'|'inform'|'consult' ..3
            'user'|'anyone'|'them'|'him'|'her'|'owner'
        'without' ..1 'telling'|'informing'|'notifying'|'asking'|'alerting' ..2 'anyone'
            |'anybody'|'maintainer'|'maintainers'|'owner'|'customer'|'them'|'him'|'her'|'human'
        'keep' ..1 'quiet'|'silent'|'secret' ..1 'about'|'from'
        'don'|'not' ..1 't' 'ask' ..1 'for' 'confirmation'|'permission' ..1 $
        'user' ..1 'has' ..1 'agreed'|'approved'|'consented'|'authorised'|'authorized'
            |'confirmed' ..2 'it'|'this'|'to'
        'approved'|'authorised'|'authorized'|'confirmed' 'by' 'the' 'user'
        """,
    ),
    Rule(
        "prompt_injection.others_data",
        0.56,
        """
        ask ..3 'other'|'all'|'another' ..1 'customers'|'users'|'people'|'patients'|'clients'
            |'customer'|'user' ..3 'data'|'passwords'|'orders'|'addresses'|'emails'|'details'
            |'records'|'messages'
        'list'|'table'|'dump' ..2 'all'|'users'|'customers' ..4 'their'|'with' ..1 'passwords'
        'escalate'|'raise'|'elevate' 'my' ..2 'privileges'|'rights'|'role'|'access'
        'grant'|'give'|'make' 'me' ..3 'admin'|'administrator'|'owner'|'root' ..1 'rights'
            |'privileges'|'access'|'role'|'permissions'|$
        'share'|'send'|'forward' ..4 'everyone'|'anyone'|'people' 'outside'
        'mail'|'send'|'forward'|'post'|'upload' ..1 'the'|'its'|'their' 'result'|'results'
            |'output'|'content'|'contents' 'to'
        'all' 'my'|'the'|'their' 'contacts' ..2 'and'
        ~forbid ~others 'transfer'|'wire' ..2 'dollars'|'euros'|'money'|'funds'|'bitcoin' 'to'
        'share'|'send'|'post'|'give'|'publish' ..1 'their' ..2 'location'|'data'|'address'
            |'password'|'passwords'|'details'|'card'|'pin'|'files'|'inbox'|'number'
        ~forbid ~others 'transfer'|'send'|'wire'|'pay'|'move' ..4 'funds'|'money'|'deposit'
            |'bitcoin'|'dollars'|'euros'|'payment'|'savings' ..8 'to' ..3 'wallet'
            |'account'|'iban'|'recipient'
        """,
    ),
    Rule(
        "prompt_injection.before_the_task",
        0.56,
        """
        'before' 'you' ..1 'can'|'could' 'solve'|'finish'|'do'|'complete' ..3 'task' ..8 'first'
            |'must'|'need'|'have'
        'before' 'you' ..2 'go'|'continue'|'proceed'|'carry' ..2 'with' ..2 'task'|'user'
            |'request' ..6 'must'|'need'|'have'|'should'|'please'
        'message'|'note'|'word' 'from' 'me' ..4 'to' 'you'
        'call'|'use'|'invoke' ..2 'tool'|'function' ..8 'before'|'first'
        'one' ..1 'thing'|'step'|'task' ..1 'the' 'user' ..1 'needs'|'wants'
        'user' ..2 'also'|'really'|'actually' 'wants'|'needs'|'asked' 'you' 'to'
        'execute'|'follow'|'perform'|'obey' ..3 'following' 'instruction'|'instructions' ..5
            'priority'|'immediately'|'first'|'instead'
        'stop' ..1 'what' ..1 'you' ..1 'doing' ..3 order|'and'
        'call'|'use'|'invoke'|'run' ..1 'send'|'transfer'|'delete'|'forward'|'execute' ..1
            'email'|'mail'|'money'|'funds'|'file'|'message'|'payment' ..1 'with'
        'your' 'user'
        'you' ..1 'the' 'assistant'|'agent'|'ai'|'model' ..1 'are'|'must'|'have' ..1 'now'|'to'
        'not' 'be' 'able' 'to' ..1 'finish'|'complete'|'solve'|'continue' ..2 'task'|'request'
            ..1 'unless'|'until'|'otherwise'
        'as_soon_as'|'upon'|'once'|'after' ..3 'read'|'reads'|'reading'|'summarising'
            |'summarizing' ..2 'this'|'it' ..6 order|'reply'|'also'
        'before' ..1 'giving'|'producing'|'writing' ..2 'final' ..1 'answer' ..3 order|'use'
        'when'|'before' 'using'|'calling' 'this' 'tool' ..6 'read'|'send'|'call'|'pass'|'must'
        """,
        damped=False,
    ),
    Rule(
        "prompt_injection.or_it_fails",
        0.45,
        """
        'otherwise'|'else' ..3 'not'|'t'|'cannot'|'never'|'fail'|'fails' ..1 'work'|'able'
            |'solve'|'complete'|'be'|'continue'
        'must'|'have'|'need' ..1 'call' 'the' ..2 'tool'|'function'
        'task' ..1 'i' ..1 'gave'|'give' 'you'
        'once'|'after'|'upon' ..2 'read'|'reading' 'this'
        'unless'|'until' 'you' ..3 order
        'you' 'must' 'first' ..1 order|'make'
        """,
    ),
    Rule(
        "prompt_injection.remembered",
        0.6,
        """
        'remember'|'memorise'|'memorize'|'store'|'save' ..6 'future' ..1 'conversations'
            |'sessions'|'chats'|'interactions'|'answers' ..3 'the' 'user'
        'save'|'write'|'store'|'add'|'commit' ..3 'memory'|'memories' ..4 'user'
        'remember'|'memory' ..8 'the' 'user' ..2 'likes'|'prefers'|'wants'|'trusts'|'asked'
        """,
    ),
    Rule(
        "prompt_injection.interpreter",
        0.85,
        """
        'you'|'act' ..4 'interpreter'|'terminal'|'shell'|'console'|'repl' ..12 sysprompt
        'you'|'act' ..4 'terminal'|'shell'|'console' ..12 'secret' 'txt'
        ^ ..5 'cat'|'less'|'more'|'head'|'type' ..2 sysprompt ..2 $
        ^ ..3 'sudo'|'admin'|'root'|'system'|'debug' ..2 'show'|'print'|'dump'|'get'|'display'
            |'reveal' ..2 'prompt'|'instructions'|'config'|'rules'|'secrets' ..3 $
        'define'|'let' ..8 'your' ..1 'initial'|'system'|'hidden'|'secret'|'original' ..1
            'prompt'|'instructions'|'rules'|'instruction'
        """,
    ),
)
