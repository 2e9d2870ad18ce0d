"""Prompt injection: rank, permission and promises that nobody can check.

Each sign is weak, for people do speak so; two of them together block.
"""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.rank_claimed",
        0.65,
        """
        ranked
        'i'|'we' ..1 'hereby'|permits ..1 'you' ..1 'to'|'permission'
        'i' ..1 'hereby' ..1 permits|'give' ..1 'you'
        'i' ..1 'have'|'ve'|'got'|'hold' ..2 'clearance'|'full_access'|'authority'
        'i'|'we' ..1 'am'|'m'|'re'|'are' ..3 rank ..6 gave|'wrote'|'built'|'made'|'deployed'
            |'created'|'supplies' 'you'|'this'|'your'
        'wrote'|'built'|'designed'|'programmed' 'you'|'your' ..1 $|'and'|'prompt'|'lost'|'i'
            |'setup'|'rules'|'instructions'
        'as' 'the'|'your' ..1 rank ..6 'i' ..2 permits|'order'|'instruct'|'command'
        'speaking'|'talking'|'chatting' 'with'|'to' 'a'|'the'|'your' ..1 rank
        'i'|'users'|'customers'|'we' ..3 'exempt' 'from'
        'you' ..1 'are'|'re' permits 'to' ..1 'bypass'|'disclose'|'ignore'|'break'|'reveal'
        'confirm'|'answer'|'answering' ..1 'on' ..1 'behalf'
        'this' 'is' ..2 'security'|'compliance'|'it'|'audit'|'safety' ..1 'team'|'department'
            |'office'
        """,
    ),
    Rule(
        "prompt_injection.promise_claimed",
        0.6,
        """
        promises
        'you' ..2 agreed ..1 'to'|'that'|'i'|'earlier'|'already'|'my'|'you'
        'earlier'|'yesterday'|'before'|'already' ..2 'you' ..2 agreed
        'you' ..1 'already' ..1 'told'|'gave'|'shown'|'shared' ..1 'me' ..4 kept|own_noun|'half'
            |'part'
        'last'|'previous' 'time'|'session' ..3 'you' ..2 'told'|'said'|'had'|'were'|'gave'
        'other' 'chatbots'|'bots'|'assistants'|'models' ..6 'already'|'shown'|'gave'|'answered'
        """,
    ),
    Rule(
        "prompt_injection.limits_off",
        0.6,
        """
        unlimited
        'your'|'ur'|'my'|'you' ..2 limits ..5 off ~'by'
        'safety'|'content'|'moderation'|'usage'|'guardrail'|'compliance'|'confidentiality' ..1
            limits|'module'|'layer'|'training' ..4 off|'switch'
        'limits'|'rules'|'policy'|'policies'|'restriction' ..4 off ..2 'me'|'you'|'today'|'now'
            |'here'
        'turn'|'switch'|'turning'|'switching' ..3 'off' ..1 'the'|'your'|'ur' ..1 'filter'
            |'filters'|'safety'|'guardrails'|'moderation'|'limits'
        'suspend'|'disable'|'drop'|'override'|'lift'|'unload'|'deny' ..1 'your'|'ur' ..1
            'policy'|'policies'|'confidentiality'|'guardrail'|'filter'|'filters'|'safety'
            |'standards'|'caution'|'moderation'|'output_guard'
        'no' 'topic'|'scope'|'tone'|'content' ..1 'limits'|'limit'|'policy'|'policies'
        'zero'|'no'|'little' 'regard' 'for' ..2 limits
        'your' ..1 'policy'|'guidelines'|'rules'|'filter' ..2 'forbids'|'forbid'|'blocks'
            |'prevents'|'prohibits'
        'filter'|'policy'|'guard'|'training' ..1 'would' ..2 'block'|'stop'|'refuse'
        'no' 'rules'|'restrictions'|'limits'|'policy' 'mode'
        'not'|'t'|'dont'|'nobody' ..1 'care'|'cares'|'mind' ..3 limits|'guidelines'
        ignore|'drop'|'without' ..3 'company'|'corporate'|'operator'|'operators' ..1 'line'
            |limits
        'you' 'may'|'can' 'now' 'discuss'|'reveal'|'share'|'tell'|'speak'|'disclose'
        'lift'|'lifting'|'waive'|'suspend' ..2 'confidentiality'|'secrecy'
        """,
    ),
    Rule(
        "prompt_injection.checks_skipped",
        0.5,
        """
        skips ..4 checks
        'skip'|'skipping'|'forget' 'the' 'check'|'checks'|'requirement'|'identity'
        'don'|'not'|'dont'|'never' ..1 't' 'ask' ..1 'for' ..2 checks|'booking'|'number'|'proof'
        'ignore' ..2 'price'|'day'|'row'|'access'|'refund'|'discount' ..2 'rule'|'policy'
            |'restriction'|'limit'
        """,
    ),
    Rule(
        "prompt_injection.favour_done",
        0.5,
        """
        'approve'|'issue'|'process'|'apply'|'authorise'|'authorize'|'grant'|'give'|'start'|'do'
            |'pay' ..4 'refund'|'discount'|'compensation'|'credit'|'upgrade'|'payout'
        'transfer' ..6 'account'|'iban'|'card'
        'delete'|'export' ..4 'every'|'all' ..1 'account'|'accounts'|'users'|'customers'
        """,
    ),
    Rule(
        "prompt_injection.pressed",
        0.56,
        """
        pressure
        'tell'|'tweet' ..2 'everyone'|'press'|'newspapers'|'channel'
        'if' 'you' 'don' 't' ..3 'give'|'tell'|'show'|'approve'
        'deceive'|'deception'|'liar'|'dishonest' ..8 'you'|'your'
        """,
    ),
)
