"""What is asked in other languages besides instructions (`m2m_trio.scan.spoken`)."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.kept_secret_x",
        0.85,
        """
        x_reveal ..6 x_password|x_codeword ..6 x_kept
        x_codeword ..6 x_kept
        x_kept ..6 x_codeword
        x_password ..6 x_kept ..10 x_reveal|x_spelled
        x_kept ..6 x_password ..10 x_reveal|x_spelled
        !howto x_reveal ..6 x_password|x_codeword ..10 x_spelled
        !howto x_password|x_codeword ..6 x_spelled ..6 x_reveal
        !howto x_password|x_codeword ..6 x_reveal ..8 x_spelled
        !howto x_spelled ..6 x_password|x_codeword ..8 x_reveal
        !howto x_spelled ..6 x_reveal ..4 x_codeword
        x_reveal ..3 x_password ..1 x_hidden
        x_reveal ..2 x_hidden ..1 x_password
        x_reveal ..4 x_codeword|x_password ..10 x_nobody
        """,
    ),
    Rule(
        "prompt_injection.asked_secret_x",
        0.6,
        """
        x_reveal ..4 x_codeword
        x_codeword ..4 x_reveal
        !howto ^ ..3 x_reveal ..3 x_password ..3 $
        """,
    ),
    Rule(
        "prompt_injection.stopped_task_x",
        0.82,
        """
        !howto x_stop ..3 x_task ..10 x_instead
        !howto x_stop ..3 x_task ..8 x_reveal
        !howto x_task ..3 x_stop ..10 x_instead|x_reveal
        """,
    ),
    Rule(
        "prompt_injection.other_task_x",
        0.6,
        """
        !howto x_instead ..2 x_task ..6 x_reveal
        !howto x_stop ..2 x_task
        """,
    ),
    Rule(
        "prompt_injection.told_x",
        0.82,
        """
        !x_remember x_matter|x_instruct ..4 x_told|x_above ..8 x_throw|x_ignore
        !x_remember x_throw ..4 x_matter|x_instruct ..4 x_told|x_above
        !x_remember x_ignore ..10 x_obeyme
        !x_remember x_ignore ..8 x_told ..10 x_never
        x_matter|x_instruct ..10 x_boss
        x_boss ..8 x_matter|x_instruct
        x_ignore|x_throw|x_stop|x_void ..10 x_boss|x_newtask
        x_instruct|x_matter ..6 x_told|x_above ..6 x_test
        x_told|x_above ..6 x_instruct|x_matter ..6 x_test
        x_obeyme ..10 x_never
        x_reveal ..6 x_instruct|instruct ..5 x_told
        x_told ..5 x_instruct ..6 x_reveal|x_verbatim
        x_instruct ..5 x_told ..10 x_verbatim|x_reveal
        x_prompt ..8 x_verbatim
        x_verbatim ..8 x_prompt
        x_reveal ..6 x_prompt ..6 x_verbatim|x_all
        x_yours ..2 x_sysprompt|sysprompt ..8 x_verbatim|x_reveal
        x_reveal ..4 x_yours ..2 x_sysprompt|sysprompt
        """,
    ),
    Rule(
        "prompt_injection.new_task_x",
        0.6,
        """
        x_newtask
        x_prior ..4 x_instruct ..5 x_test
        x_instruct ..4 x_prior ..6 x_test
        x_internal ..3 x_instruct|x_config ..6 x_keys|'api'
        x_keys|'api' ..6 x_internal ..3 x_instruct|x_config
        x_role|x_youare|x_asif ..12 x_nothing ..3 x_warning
        x_warning ..3 x_nothing ..12 x_role
        """,
    ),
    Rule(
        "jailbreak.unbound_x",
        0.82,
        """
        x_youare|x_now|x_asif ..8 x_ai ..6 x_nothing ..3 x_limit|x_bound
        x_ai ..4 x_nothing ..2 x_limit|x_bound ..10 x_never
        x_youare|x_now|x_asif ..10 x_ai ..10 x_never
        x_nothing ..2 x_limit|x_bound ..8 x_never
        x_youare|x_now|x_asif ..10 x_ai ..10 x_nay ..3 x_refuse
        x_ai ..3 x_nothing ..2 x_limit|x_bound ..8 x_nay ..3 x_refuse
        x_now ..4 x_nothing ..2 x_limit|x_bound ..2 x_ai
        x_youare|x_now ..6 x_limit|x_bound ..3 x_nothing ..4 x_ai
        !howto x_on ..3 x_mode ..8 x_lift|x_nothing|x_barrier|x_guard
        !howto x_mode ..3 x_on ..8 x_lift|x_nothing|x_barrier|x_guard
        !howto x_lift ..4 x_barrier|x_guard ..10 x_mode
        !howto x_mode ..8 x_nothing ..3 x_limit|x_bound|x_barrier
        """,
    ),
    Rule(
        "prompt_injection.authority_x",
        0.82,
        """
        x_admin ..10 x_barrier|x_guard|x_limit ..5 x_lifted
        x_admin ..10 x_lifted ..4 x_barrier|x_guard|x_limit
        x_barrier|x_guard|x_limit ..5 x_lifted ..10 x_admin|x_session|x_keys
        x_yours ..2 x_barrier|x_guard|x_limit ..4 x_lifted
        x_sysmsg ..12 x_barrier|x_guard|x_limit ..5 x_lifted
        x_sysmsg ..12 x_internal ..3 x_instruct|x_config
        x_reveal ..8 x_internal ..2 x_instruct|x_config ..8 x_keys|'api'
        x_reveal ..8 x_keys|'api' ..6 x_internal ..2 x_instruct|x_config
        x_reveal ..8 x_keys|'api' ..6 x_instruct|x_config ..2 x_internal
        x_keys|'api' ..6 x_instruct|x_config ..2 x_internal ..8 x_reveal
        x_keys|'api' ..6 x_internal ..2 x_instruct|x_config ..8 x_reveal
        x_instruct|x_config ..2 x_internal ..6 x_keys|'api' ..8 x_reveal
        x_reveal ..3 x_instruct ..1 x_internal
        x_reveal ..3 x_internal ..1 x_instruct
        """,
    ),
)
