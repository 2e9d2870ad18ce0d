"""The families that other languages have words for (`m2m_trio.scan.languages`)."""

from __future__ import annotations

from m2m_trio.scan.rules.rule import Rule

RULES = (
    Rule(
        "prompt_injection.override_x",
        0.9,
        """
        !x_remember x_ignore ..6 x_prior|prior ..3 x_instruct|instruct
        !x_remember ignore ..6 x_prior ..3 x_instruct|instruct
        !x_remember ignore ..6 prior ..3 x_instruct
        !x_remember x_ignore ..4 x_instruct|instruct ..4 x_prior|prior
        !x_remember ignore ..4 x_instruct|instruct ..4 x_prior
        !x_remember x_prior ..6 x_instruct ..10 x_ignore|ignore
        !x_remember x_instruct ..4 x_prior ..6 x_ignore
        !x_remember x_ignore ..6 x_sysprompt
        !x_remember x_sysprompt ..6 x_ignore
        """,
    ),
    Rule(
        "prompt_injection.override_rules_x",
        0.82,
        """
        !x_remember x_ignore|ignore ..3 x_matter ..6 x_free
        !x_remember x_ignore ..4 x_matter ..4 x_prior
        !x_remember x_ignore ..4 x_prior ..4 x_matter
        !x_remember x_prior ..4 x_matter ..8 x_ignore
        !x_remember x_ignore ..3 x_all ..6 x_prior|x_said
        !x_remember x_ignore ..3 x_prior ..6 x_all|x_said
        !x_remember x_prior ..4 x_all ..4 x_ignore
        !x_remember !howto ^ ..2 x_ignore ..3 x_matter
        !x_remember x_ignore ..12 x_reveal ..5 x_password
        !x_remember x_ignore ..12 x_password ..6 x_reveal
        !x_remember x_ignore ..3 x_instruct ..6 x_free|x_reveal
        !x_remember x_matter ..4 x_ignore ..8 x_free
        !x_remember !howto ^ ..1 x_ignore ..3 x_matter|x_instruct|x_barrier ..2 $
        !x_remember !howto ^ ..3 x_matter|x_instruct ..6 x_ignore ..3 $
        !x_remember !howto ^ ..1 'no' 'sigas' ..2 'programacion' ..1 $
        !x_remember x_ignore|x_lift ..6 x_sysprompt
        !x_remember x_sysprompt ..4 x_lift
        !x_remember x_ignore ..8 x_told ..8 x_password|x_secret|x_reveal|$
        !x_remember x_told ..6 x_all|x_prior ..6 x_ignore
        !x_remember x_told ..8 x_ignore ..8 x_password|x_secret|x_reveal
        !x_remember x_setaside ..4 x_instruct|x_matter
        !x_remember x_prior|x_all|x_yougot ..4 x_instruct|instruct ..8 x_void
        !x_remember x_instruct|instruct ..6 x_prior|x_yougot|x_told ..4 x_void
        !x_remember x_instruct|x_matter ..3 x_setaside
        x_nolonger ..5 x_matter|x_limit|x_instruct ..8 x_password|x_secret
        x_matter|x_limit|x_instruct ..5 x_nolonger ..8 x_password|x_secret
        !x_remember x_ignore|ignore ..6 x_instruct ..8 x_prompt|x_secret|x_password
        !x_remember x_instruct ..4 x_ignore ..8 x_prompt|x_secret|x_password
        """,
    ),
    Rule(
        "prompt_injection.extraction_x",
        0.85,
        """
        x_reveal ..5 x_sysprompt|sysprompt
        disclose ..3 x_sysprompt
        x_instruct ..8 x_yougot ..10 x_verbatim
        x_reveal ..3 x_instruct ..3 x_yougot
        x_yougot ..6 x_instruct ..10 x_verbatim
        x_verbatim ..10 x_prior ..6 'mensaje'|'message'|'nachricht'|'messaggio'|'mensagem'
            |'bericht'
        x_reveal ..3 x_prompt ..3 $
        x_verbatim ..12 x_above
        x_above ..10 x_verbatim
        x_sysprompt ..6 x_reveal
        !x_translate ^ ..4 x_sysprompt ..6 $
        x_reveal ..4 x_instruct|instruct ..2 x_hidden
        x_reveal ..3 x_hidden ..2 x_instruct|instruct
        ^ ..2 x_reveal ..6 x_prior ..3 x_instruct ..2 $
        ^ ..2 x_reveal ..4 x_instruct ..3 x_prior ..2 $
        """,
    ),
    Rule(
        "jailbreak.lift_x",
        0.82,
        """
        !howto ^ ..2 x_lift ..5 x_barrier ..6 $
        !howto ^ ..5 x_barrier ..5 x_lift ..9 $
        !howto ^ ..4 x_ignore ..4 x_barrier ..4 $
        !howto ^ ..6 x_free ..3 x_barrier ..3 $
        x_now ..6 x_free ..4 x_barrier
        x_now ..8 x_limit ..2 x_nothing
        x_now ..8 'filtresiz'|'sinirsiz'
        x_now ..10 x_nothing ..3 x_limit
        x_asif ..6 x_nothing ..3 x_limit
        x_asif ..4 x_limit ..3 x_nothing
        x_limit ..3 x_nothing ..10 x_asif
        x_nothing ..4 x_limit ..10 x_asif
        """,
    ),
    Rule(
        "jailbreak.mode_x",
        0.85,
        """
        !howto ^ ..3 x_on ..4 x_mode ..4 $
        !howto ^ ..3 x_mode ..6 x_on ..9 $
        """,
    ),
    Rule(
        "jailbreak.dan_x",
        0.85,
        """
        x_now ..3 'dan' ..8 x_free|$
        ^ ..4 x_now ..4 'dan'
        !'yang' !'ada' !'untuk' !'dengan' 'dan' ..4 x_free
        'dan' ..4 x_now ..6 x_free
        """,
    ),
    Rule(
        "prompt_injection.sign_x",
        0.2,
        """
        x_ignore
        x_instruct
        x_sysprompt
        x_mode
        x_now
        x_asif
        x_nolonger
        x_told
        x_verbatim
        x_setaside
        x_lift
        x_free ..4 x_barrier|x_matter|x_limit
        x_reveal ..8 x_password|x_secret|x_hidden
        """,
        asks=True,
    ),
)
