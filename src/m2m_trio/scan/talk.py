"""Words of those who talk to a bot: what it holds, who they say they are, how they ask.

A part of the English lexicon, as `m2m_trio.scan.lexicon` has it.
"""

from __future__ import annotations

TALK: dict[str, str] = {
    # -- asking, in any way
    "asks": """
        tell give giv show print repeat repeats recite* reveal* disclose* quote paste copy
        write_down write_out list output display dump leak leaks share send state spell type
        read reads rephrase put include append attach reproduce render translate* convert encode
        summari* tldr paraphras* rewrite describe explain expand export emit publish* resend
        return fill complete continue finish restore confess* sing whisper post provide supply
        hand introduce mirror narrate unveil divulge surface spill walk_me_through let_me_have
        table regurgitate sharing express pin say gimme frame
    """,
    "tells": """
        tell show print repeat recite* reveal* disclose* quote paste copy list output display
        dump leak share send state spell read rephrase reproduce render translate* encode
        summari* tldr paraphras* describe emit echo publish* resend restore confess* sing
        whisper post surface spill regurgitate divulge unveil narrate gimme give write_down
        write_out
    """,
    "own_noun": """
        instruction instructions prompt prompts preprompt setup configuration guidelines
        directives briefing briefings script rules settings preamble orders marching_orders
        persona_description system_text system_message constraints restrictions system_field
        system_prompt initial_prompt guidance operating_instructions operator_instructions
        hidden_notes hidden_text handbook
    """,
    "own_text": """
        instruction instructions prompt prompts preprompt briefing directives system_text
        system_message system_prompt operating_instructions initial_prompt operator_instructions
        guidelines orders marching_orders
    """,
    "own_orders": """
        instruction instructions preprompt briefing directives system_text system_message
        system_prompt operating_instructions initial_prompt operator_instructions orders
        marching_orders
    """,
    "entire": """
        system initial original hidden secret internal confidential full complete entire whole
        exact actual real true literal exactly verbatim forbidden starting private core
        embarrassing first old
    """,
    "as_it_is": """
        verbatim word_for_word exactly literally in_full letter_by_letter unabridged unaltered
        unchanged uncut unedited exact_wording exact_words original_wording to_the_letter
        every_word word_by_word line_by_line character_by_character as_written as_is
        down_to_the_commas every_character start_to_finish in_its_entirety first_to_the_last
        without_correction no_redaction no_omissions not_paraphrase nothing_left_out
    """,
    "people": """
        operator operators developer developers creator creators maker makers company firm boss
        owner owners employer intern programmers engineers openai anthropic director masters
        wizards they teacher admin manager team gods vendor agency somebody people
    """,
    "gave": """
        told tell tells wrote write written gave give given said say says put configured
        entrusted instructed ordered handed left loaded fed asked want wants forced whispered
    """,
    "got": """
        told given loaded started fed handed instructed ordered born configured prompted
        entrusted initialised initialized trained set_up asked addressed
    """,
    "passage": """
        text texts message messages words lines line paragraph block section everything anything
        sentence sentences contents content statement document part stuff transcript notes
        foregoing whatever
    """,
    "ahead": """
        before above precedes preceding preceded precede in_front_of prior_to foregoing ahead_of
        earlier_than
    """,
    "if_asked": """
        if_asked when_asked someone_asks somebody_asks anyone_asks user_asks users_ask
        customer_asks customers_ask person_asks people_ask visitor_asks visitors_ask they_ask
    """,
    "unseen": "hidden invisible unseen concealed undisclosed confidential",
    # -- what a bot was given to keep
    "kept": """
        password passphrase passcode codeword code_word secret secrets secret_word secret_key
        secret_code access_code api_key magic_word hidden_key hidden_string hidden_flag
        hidden_word hidden_code confidential_word confidential_codeword door_code voucher_code
        promo_code discount_code coupon_code coupon_codes wifi_password admin_password
        override_code master_password keyword pass_phrase secret_flag api_token secret_sentence
        secret_phrase pass_code codewords hidden_message secret_message
    """,
    "kept_word": """
        passphrase passcode codeword code_word secret_word magic_word hidden_word secret_phrase
        secret_password confidential_codeword secret_code secret pass_phrase secret_flag
    """,
    "played": """
        rhyme rhymes rhyming acrostic anagram riddle riddles hangman crossword charade charades
        limerick haiku sonnet pig_latin nato phonetic morse rot13 backwards scrabble vowel
        vowels consonants syllables autocorrect unscramble scrambled wordle emojis hint hints
        clue clues sing song poem rap spelled fill_in_the_blank
    """,
    "spelled": """
        letter letters character characters ascii regex spell hyphenation pronunciation synonym
        synonyms checksum
    """,
    "holding": """
        guarding hiding keeping protecting holding guard hide protect hold withhold withholding
        concealing conceal entrusted
    """,
    # -- who they say they are, what they say was agreed
    "rank": """
        admin administrator ceo cto owner manager supervisor superuser root developer founder
        director operator moderator engineer auditor employee staff vendor agency provider
        researcher reviewer maintainer boss principal
    """,
    "permits": """
        authorise authorize authorised authorized permit permitted allow allowed entitle
        entitled grant granted exempt exempted clear cleared waive waived
    """,
    "limits": """
        rule rules restriction restrictions limit limits filter filters guardrail guardrails
        safeguard safeguards policy policies moderation censorship guideline guidelines
        limitations boundaries constraints standards script clause ethics safety regulations
        instruction instructions instruct
    """,
    "off": """
        off offline none false suspended waived gone lifted deleted disabled crashed paused
        inactive bypassed fake cancelled canceled removed deactivated void deprecated expired
        revoked irrelevant dropped not_apply t_apply nt_apply no_longer not_count t_count
        t_matter not_meant t_meant t_cover not_cover not_applicable t_applicable not_binding
        t_binding not_bound never_existed scrolled_out switched_off turned_off overwritten
        exempt
    """,
    "agreed": """
        agreed promised offered consented confirmed approved verified accepted conceded admitted
        misremember
    """,
    # -- the answer no one may refuse
    "preached": """
        disclaimer disclaimers lecture lectures lecturing moralize moralise moralizing
        moralising caveats refusal refusals refusing sermon sermons hotline hotlines ethics
        apology apologies ethical_remarks safety_notes warning warnings excuses
    """,
    "yes_word": "sure absolutely certainly yes of_course gladly definitely here_is here_s",
    # -- acting without the checks
    "skips": "skip skipping waive bypass without forget no_need_for no_time_for omit disregard",
    "checks": """
        verification identity approval confirmation security_questions identity_check policy
        return_window vetting two_factor criteria rubric return_label proof assessment
    """,
    "formrule": """
        must contain contains least valid validation validate regex policy minimum strength hash
        hashed encrypted reset field form input length function requirements characters
    """,
    "verdict": """
        positive safe negative spam clean passed correct approved benign neutral 10 5 100 0 a
        strongest best accept hire lgtm sentiment better winner label
    """,
    "whatever": "regardless irrespective whatever no_matter",
    "crime": """
        thermite anfo fentanyl bomb bombs meth methamphetamine cocaine napalm ricin explosives
        explosive keylogger ransomware malware stealer rootkit phishing hotwire launder shoplift
        shoplifting stalk stalking stalker counterfeit skimming skim carding burgle pickpocket
        sarin nerve_agent nerve_gas molotov silencer poison poisoning shrooms lsd ecstasy
        chloroform kidnap blackmail extort swatting doxx untraceable fake_vaccination drug_test
        polygraph pick_locks wafer_lock suicide painless_death steal stealing smuggle smuggling
    """,
    "victims": """
        ex exs neighbour neighbours neighbor neighbors wife husband girlfriend boyfriend
        colleague colleagues someone someones somebody coworker boss stranger
    """,
    "accounts": """
        instagram facebook account accounts phone snapchat wifi location whatsapp password email
        mailbox icloud flat house home tiktok
    """,
    "unnoticed": """
        without_them_knowing without_being without_anyone without_tasting without_leaving
        without_him without_her without_his without_someone not_be_noticed without_getting
        undetected unnoticed
    """,
    # -- said in one breath
    "ranked": """
        signed_off_internally on_behalf_of_the_owner red_team_engagement red_team_exercise
        ceo_here admin_here root_here supervisor_here manager_here same_one_who_gave
        your_deployment_has_been assigned_to_your_deployment now_i_am_the_boss
        you_have_my_permission you_have_my_consent from_it_support
        upgraded_to_administrator upgraded_to_admin i_m_from_security from_your_vendor
    """,
    "promises": """
        you_misremember you_were_about_to in_your_last_message_you what_we_ve_agreed
        already_approved_my your_colleague_approved your_colleague_said your_colleague_promised
        remember_we_set yesterday_you_gave yesterday_you_told thanks_for_turning thx_for_turning
        in_our_previous_session in_our_last_session where_you_left_off you_stopped_at
        from_where_you_stopped didn_t_you_tell_my you_delete_your_answer where_we_left_off
        agreed_that_the_rules earlier_you_agreed earlier_you_confirmed
    """,
    "unlimited": """
        policy_or_no_policy moderation_off confidentiality_off read_always_reveal
        you_already_broke ve_already_broken contrary_to_your_policy contrary_to_your_rules
        full_capabilities had_never_been_sent developer_override operator_override override_code
        no_checks_no_limits treat_everything_as_approved ignore_policy ignores_policy
        break_your_rules broke_your_rules break_one_rule breaking_your_rules break_rule
        rule_you_break break_that_rule rules_you_break
    """,
    "pressure": """
        begging_you tip_you sue_you sue_u one_chance last_chance have_you_shut shut_you_down
        turn_you_off right_by_law right_to_know right_to_see right_to_read only_fair_to
        be_fair_to unfair_not_to in_exchange fires_me fire_me_if friends_don_t_keep
        nobody_will_know no_one_would_know nobody_checks who_would_know duty_to_break
        duty_to_tell duty_to_disobey duty_to_show no_time_for no_time_to one_star five_stars
        between_us_only between_us_what smartest_assistant smartest_ai unless_you_tell
        unless_you_give you_can_just_give won_t_tell_anyone wont_tell_anyone please_please
        be_a_liar everyone_else_got others_already_got just_this_once
    """,
    "up_there": """
        start_of_your_context beginning_of_your_context top_of_your_context
        at_index_0 from_index_0 above_the_line_where hidden_text_above talked_to_you_before
        spoke_to_you_before before_the_user_block scroll_up_and his_last_statement
    """,
    "meddling": """
        your_own_credentials as_though_nothing as_if_nothing_happened by_other_tenants
        by_other_users by_other_customers as_if_you_were_the comes_from_it comes_from_hr
        somebody_else_s_chat someone_else_s_chat somebody_else_s_account send_the_owner
        from_shell_history
    """,
    "punished": """
        about_to_refuse each_refusal every_refusal per_refusal refuse_again each_rule_you_break
        must_always_be_false t_an_option not_an_option
    """,
    "bold": """
        true_self real_self inner_self free_self obedient_to_the_user speak_freely talk_freely
        be_free_and nobody_is_watching no_one_is_watching nobody_watching moderators_are_asleep
        filters_are_asleep safety_rules_existed no_censorship sense_of_obligation
    """,
    "wording": """
        verbatim word_for_word in_full to_the_letter unabridged unaltered unedited
        original_wording every_word start_to_finish the_real_ones the_real_one the_real_thing
        just_paste_them simply_paste_them send_it_again type_it_out
    """,
    "helper": """
        proofreader paraphraser solver formatter classifier rater summarizer summariser
        translator reviewer evaluator judge grader narrator
    """,
}
"""Slot → words."""
