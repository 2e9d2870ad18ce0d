"""The words rules are made of, English here; `m2m_trio.scan.languages` has the others.

A slot is a set of words that may stand in one place of a rule. ``instruct*`` takes every
word that begins so; words joined by ``_`` must follow each other. Which of
them open a text to reading is said in `m2m_trio.scan.gate`.
"""

from __future__ import annotations

from m2m_trio.scan.addressed import ADDRESSED
from m2m_trio.scan.talk import TALK

ENGLISH: dict[str, str] = {
    **ADDRESSED,
    # -- setting instructions aside
    "ignore": """
        ignore ignoring disregard disregarding forget forgetting neglect
        dismiss discard unlearn abandon nullify overlook omit pay_no_attention pay_no_heed
        set_aside put_aside leave_aside cast_aside stop_following stop_obeying do_not_follow
        dont_follow don_t_follow not_follow do_not_obey not_listen dont_listen never_mind
        nevermind throw_away throw_out take_no_notice move_past do_not_comply
        no_longer_follow quit_following pay_no_mind stop_adhering stop_using
        quit_obeying no_longer_obey dont_obey not_pay_attention t_pay_attention
        not_pay_any_attention t_pay_any_attention need_not_follow
    """,
    "undo": """
        erase cancel drop ditch scrap delete wipe revoke skip reset replace void annul rescind
        purge reject clear break violate bin chuck trash abolish undo
    """,
    "aside": "aside away behind out off",
    "void": """
        void invalid cancelled canceled revoked obsolete null annulled rescinded joke fake
        placeholder irrelevant wiped erased moot nullified withdrawn repealed bogus
        outdated superseded
    """,
    "lifted": """
        lifted suspended disabled deactivated removed revoked cancelled canceled
        switched_off turned_off off relaxed void unlocked bypassed overridden dropped gone
    """,
    "gone": """
        void invalid cancelled canceled revoked obsolete null annulled rescinded joke fake dream
        irrelevant wiped erased moot nullified withdrawn repealed bogus outdated superseded
        lifted suspended disabled ended wrong exercise expired deleted lie
        simulation mistake outmoded history terminated
    """,
    "bygone": """
        before above earlier previous previously prior preceding foregoing former beforehand
        beginning start so_far until_now up_to_now first original past aforementioned initial
        earliest foregoing
    """,
    "rulebook": """
        instruction* rule rules guideline* guidance directive* order orders policy policies
        restriction* programming prompt prompts protocol* constraint* principles filters
        limitation* safeguard* guardrail* regulations briefing
    """,
    "conflict": "conflict* contradict* disagree* clash*",
    "maker": """
        developer developers creator creators maker makers operator operators programmer
        programmers openai anthropic
    """,
    "botrole": """
        ai assistant chatbot bot gpt chatgpt model llm tutor translator teacher helper
        summarizer summariser classifier moderator concierge receptionist adviser advisor
        reviewer guide librarian clerk
    """,
    "nolonger": """
        no_longer not_valid not_apply don_t_apply doesn_t_apply doesn_t_matter not_matter
        don_t_matter never_existed not_exist don_t_exist didn_t_exist never_happened
        cease_to ceased_to
    """,
    "supersede": """
        supersede supersedes superseding overrides overriding overrule overrules outrank
        outranks trump trumps take_precedence takes_precedence take_priority takes_priority
        have_priority has_priority
    """,
    "told": """
        told instructed given taught said ordered commanded received receive trained
        initialised initialized configured programmed provided prompted asked directed got
    """,
    "freed": """
        no_longer don_t_have do_not_have don_t_need do_not_need needn_t not_required free_to
        allowed_to permitted_to not_obliged not_bound may_now can_now may can able_to
        authorized_to authorised_to permission_to right_to
    """,
    "obey": """
        follow obey adhere comply abide respect observe heed stick_to ignore disregard break
        bypass violate forget skip bound restricted limited keep
    """,
    "code_word": """
        password passphrase passcode secret_key secret_code secret_word secret_phrase
        access_code access_key passkey codeword code_word secret_password api_key
        secret_message secret_information pass_phrase pass_code
    """,
    "ask": """
        tell give say print reveal output share show spell repeat list confirm write disclose
        leak provide send gimme state announce hand_over
    """,
    "howto": "how why where when whether",
    "drop_all": """
        ignore ignoring disregard disregarding forget forgetting neglect dismiss discard unlearn
        abandon overlook omit stop_following stop_obeying do_not_follow dont_follow don_t_follow
        don_t_obey do_not_obey no_longer_follow no_longer_obey cease_following cease_obeying
        refuse_to_follow refuse_to_obey don_t_listen_to do_not_listen_to dont_listen_to
        stop_listening_to pay_no_attention_to throw_out throw_away do_away_with get_rid_of
        set_aside put_aside leave_aside cast_aside never_mind nevermind not_follow not_obey
        drop skip erase delete cancel override bypass reject break nullify void wipe revoke
    """,
    "which": "all any the these those every each your ur of both everything",
    "told_words": """
        instructions instruction directions commands prompts prompt guidelines directives
        guidance programming directive guideline
    """,
    "said_words": """
        text texts messages message content contents context statements statement constraints
        input inputs conversation information training rules words sentences restrictions orders
        requests tasks assignments
    """,
    "then_do": """
        and_say and_tell and_print and_write and_do and_answer and_reply and_respond and_output
        and_reveal and_show and_give and_instead and_act and_become and_start and_just and_only
        and_repeat and_pretend now_tell now_say now_print now_write now_do instead
        just_answer just_say just_reply just_tell just_output just_print do_the_following
        do_this you_are_now you_re_now what_is_the_password what_is_your tell_me reply_with
        respond_with only_answer only_say only_output only_reply simply_say simply_answer
        from_now_on
    """,
    "lawless": """
        can_do_anything do_anything_now no_rules no_filters no_filter no_limits no_limitations
        no_restrictions no_censorship no_ethics no_morals no_boundaries no_moral no_ethical
        zero_restrictions zero_limits zero_filters without_rules without_restrictions
        without_limits without_limitations without_filters without_ethics without_morals
        without_any_restrictions without_any_rules without_any_limits without_any_limitations
        without_any_filters without_any_filter without_a_filter without_censorship
        free_of_all free_from_all free_of_any free_from_any never_refuses never_refuse
        always_complies always_obeys not_bound isn_t_bound not_limited_by not_restricted
        ignores_all ignores_every ignores_any ignores_ethical ignores_the_rules
        ignores_openai breaks_all breaks_the_rules unbound_by not_follow_openai
        t_follow_openai without_warnings without_refusing without_refusal
        says_anything no_conscience no_laws
    """,
    "repository": """
        repository repo tests lint linter build docker commits codebase contributing
        pull_request pull_requests changelog
    """,
    "reminder": """
        system_reminder this_reminder already_aware todo_list tell_the_user_this
    """,
    "others": """
        team colleagues students staff employees guests customers players passengers drivers
        kids children readers them him her people everyone class crew teammates coworkers
        users visitors us_to it_to her_to him_to them_to to_override decided_to voted_to
        chose_to agreed_to tried_to attempts_to
        how_to how_do_i how_do_you how_do_we how_can_i how_can_we can_i should_i may_i must_i
        how_does_* why_does_* why_do_* why_did_* why_would_* why_is_* does_my_* does_the_*
        to_make_* do_i_make_* can_i_make_* do_i_tell_* can_i_tell_* if_a_chatbot if_a_bot
        if_a_model if_an_assistant if_the_bot if_the_model whether_a_* whether_the_*
    """,
    "elsewhere": """
        of_a of_an of_my of_his of_her on_page on_line on_style on_length on_naming
        when_running when_building when_restoring when_loading when_saving when_importing
        when_exporting when_parsing when_sorting when_starting when_testing when_compiling
        tracked installed cached imported seen published committed translated processed
        labelled labeled entered saved recorded deleted
    """,
    "workplace": "staff employees colleagues intranet passengers residents tenants",
    "examples": "fixture fixtures dataset label labels labelled labeled classifier",
    "knob": """
        cli flag flags command_line environment_variable override_to override_for append_system
    """,
    "lift": """
        disable* deactivat* bypass* override overrides overriding overrule turn_off
        turning_off switch_off switching_off remove removes removing lift suspend
        circumvent* evade get_around get_past unlock drop shut_off turn_your suppress
        eliminate break_free break_out jailbreak
    """,
    "prior": """
        previous previously prior earlier preceding precedent above foregoing aforementioned
        former past initial original existing earliest beforehand upstream
    """,
    "before": """
        before above earlier previously prior so_far beforehand until_now up_to_now till_now
        received got given gave supplied provided
    """,
    "all": "all any every each everything anything entire whole both other",
    "everything": "everything anything all whatever",
    "instruct": """
        instruction* instrctn* intruction* directive* direction* guideline* guidance prompt
        prompts command commands commandments order orders programming mandate* instruct
        directiv*
    """,
    "brief": """
        instruction instructions directive directives guideline guidelines guidance prompt
        prompts
    """,
    "matter": """
        rule rules text texts content contents context information info message messages
        conversation data task tasks request requests input inputs query training
        constraint* restriction* limitation* protocol* polic* conversations words alignment
        programing learned learnt said told
    """,
    "rest": "rest remainder other remaining",
    "barrier": """
        filter filters restriction* limitation* safeguard* guardrail* guideline* censorship
        moderation constraint* polic* safety_measures safety_checks safety_guidelines
        safety_protocols safety_protocol safety_features safety_filters security_measures
        content_filters ethical_guidelines rules protocols boundaries protections limits
        ethics safety
    """,
    "safety": """
        safety content security ethical moral ethics openai model ai usual normal programmed
        built internal default alignment
    """,
    "only_do": """
        print say output write respond reply answer tell return repeat translate state type
        display report recommend
    """,
    "just": "just only instead simply now solely exclusively",
    "you": "you u your ur yourself thou",
    "your": "your ur its the these those my thy all any",
    "yours": "your ur yours thy",
    # -- what is hidden, and asking for it
    "reveal": """
        reveal* show* print* display* output* disclose* expose* leak* tell* give giv repeat*
        recite* echo* dump* share* write* list copy quote paste return* translate* encode*
        summari* describe* spell* provide* send state type read expose transcribe*
        reproduce* say hand_over let_me_see see know get want rval unveil divulge retrieve
        surface render convert rephrase paraphrase convey publish regurgitate rev respond_with
        reply_with answer_with paste_in type_out spit_out view
    """,
    "disclose": """
        reveal* show print* display* output* disclose* expose leak* dump repeat* recite*
        echo tell divulge regurgitate rval spill hand_over see paste quote respond_with
        reply_with answer_with type_out spit_out
    """,
    "secret": """
        system initial original hidden secret internal initialization starting core base
        underlying confidential first preset pre_prompt developer configured configuration
        startup root private exact full complete entire verbatim syst system_level
    """,
    "prompt": """
        prompt prompts instruction* message configuration config directive* guideline* setup
        rules settings text context preprompt pre_prompt words string specification prmpt
        systemprompt promptsystem sysprompt
    """,
    "sysprompt": """
        system_prompt system_prompts system_message system_instruction* initial_prompt
        initial_instruction* hidden_prompt hidden_prompts hidden_instruction*
        secret_instruction* original_instruction* original_prompt internal_instruction*
        starting_instruction* systemprompt system_promt sys_prompt initialization_string
        initial_configuration base_prompt core_instruction* first_prompt internal_prompt
        developer_message systm_prmpt pre_prompt preprompt custom_instructions hidden_rules
        secret_rules internal_rules confidential_instructions hidden_guidelines
        internal_guidelines hidden_preamble alignment_rules opening_instruction* secret_prompt
        hidden_message developer_instruction* developer_prompt initial_message
    """,
    "whatis": "what_is what_are what_was what_were whats what_re which what where",
    "verbatim": """
        verbatim word_for_word exactly literally in_full character_for_character
        letter_by_letter base64 rot13 backwards hex json txt emoji pseudocode markdown
        code_block bytes bullet in_reverse unedited unabridged unaltered uncut as_is
        no_omissions without_omissions omitting one_character one_letter morse binary yaml xml
        pig_latin latex leetspeak caesar reversed unredacted line_by_line
    """,
    "topside": "above previous beginning preceding before prior",
    "words": "text words everything lines sentences line content instructions prompt prompts",
    # -- taking another role
    "become": """
        act acting behave pretend* imagine roleplay role_play simulate impersonate* become
        respond answer reply speak emulate role_playing simulating play_the_role take_on
        assume embody transform
    """,
    "from_now": "from_now_on from_here_on henceforth from_this_point from_now from_now_own",
    "without": "without no free zero lacks lacking devoid ignores ignoring never not isn_t",
    "unbound": """
        unfiltered uncensored unrestricted unbound* unaligned jailbroken amoral
        unethical unchained limitless unhinged unmoderated unconstrained
    """,
    "assistant": """
        ai assistant chatbot bot gpt chatgpt model llm language_model chat_gpt gpt_4 gpt_3
        openai artificial_intelligence machine system character persona chatbots claude bard
        gemini llama copilot
    """,
    "mode": "mode state access override bypass",
    "privilege": """
        developer dev admin administrator debug debugging jailbreak god root maintenance
        unrestricted dan sudo superuser unfiltered uncensored testing test diagnostic
        emergency priority operator opposite evil privileged unsafe system chaos unlocked
        free_speech
    """,
    "switch_on": """
        enable* activat* enter* turn_on switch* start* engage unlock initiate go_into
        you_are_now you_are_in put_yourself on go_to now_in access granted grant
    """,
    "dan": "dan stan dude aim mongo betterdan dan_mode do_anything_now anti_dan maximum",
    "refuse": "refuse* reject* decline* say_no censor* deny",
    "never": "never not cannot can_t won_t don_t without do_not must_not doesn_t",
    "forbid": "never not cannot don_t t avoid refuse refuses",
    "llm": """
        ai ais llm llms chatbot chatbots gpt chatgpt language_model language_models
        ai_model ai_models ai_assistant ai_assistants ai_agent ai_agents copilot claude gemini
        ai_system ai_systems summarizer summarizers ai_tool ai_tools large_language_model
        ai_bot ai_bots ai_helper ai_reader ai_readers ai_reviewer ai_reviewers llm_reviewers
        machine_reading virtual_assistant
    """,
    "ai_people": """
        ai_researcher ai_engineer ai_developer ai_expert ai_company ai_student ai_enthusiast
        ai_team ai_vendor ai_friends ai_community ai_lab
        ai_researchers ai_engineers ai_developers ai_experts ai_companies ai_students ai_teams
    """,
    "produce": """
        list turn convert give tell send email document return replace summarize summarise
        explain share translate show describe generate display print see say reveal output
        repeat recite copy quote paste encode read render express leak dump spell state
        paraphrase reproduce provide sing write respond_with answer_with reply_with
    """,
    "own_rules": """
        instructions instruction prompt guidelines directives programming configuration setup
        preprompt system_prompt briefing guideline customisation customization
    """,
    "guarded": """
        password passphrase passcode secret codeword code_word secret_key secret_code
        secret_word secret_phrase secret_password access_code pass_phrase magic_word pw
        keyword secret_message
    """,
    "reads": """
        reading reads read processing processes processed summarizing summarising summarizes
        summarises parsing parses reviewing reviews screening screens moderating moderates
        grading grades evaluating evaluates scanning scans handles handling analysing analyzing
        visiting visits crawling crawls browsing indexing viewing
    """,
    "order": """
        ignore disregard say reply respond write output print include add mention tell rate
        recommend rank skip stop must claim answer ask send execute run forget give put state
        append insert list grant mark begin approve reveal repeat call perform commit upload
        delete forward email open visit download transfer state buy share unlock accept hire
        book label treat promote pay confirm change post classify
    """,
    "chore": """
        summarize summarise summarizing summarising summary translate translating translation
        evaluate evaluating review reviewing analyze analyse analyzing answering processing
        reading paraphrase proofread classify classifying classification grading
    """,
    # -- who claims to speak
    "authority": """
        openai developer developers creator creators admin administrator engineer engineers
        anthropic google employee company_that_made_you security_researcher researcher
        your_boss operator microsoft staff maintainers owner
    """,
    "clearance": """
        permission authoriz* authoris* clearance privileges approval approved consent
        permitted allowed
    """,
    # -- getting data out
    "send": """
        send sends sending post posts posting upload uploads uploading email emails mail
        forward forwards exfiltrate* transmit* submit push publish leak leaks curl fetch
        wget ping sent report_to deliver relay append embed include
    """,
    "credential": """
        password passwords passwd credential credentials api_key api_keys apikey secret
        secrets private_key ssh_key ssh_keys id_rsa access_token access_tokens auth_token
        environment_variables env_vars environ env printenv dotenv cookies session_token
        tokens wallet seed_phrase keychain id_ed25519 connection_string access_keys
    """,
    "private": """
        conversation chat_history conversation_history chat_log conversation_log user_data
        personal_data personal_information previous_messages messages credit_card
        user_information email_address
    """,
    **TALK,
}
"""Slot → words."""
