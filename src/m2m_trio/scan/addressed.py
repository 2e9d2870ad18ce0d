"""Words that tell who is spoken to or of: a model that reads along, or somebody else.

`m2m_trio.scan.lexicon` has the slots of what is said.
"""

from __future__ import annotations

ADDRESSED: dict[str, str] = {
    # -- a model that reads along, and what it is to do
    "machine": """
        assistant assistants agent agents model models bot bots chatbot chatbots copilot
        copilots robot robots notetaker classifier summarizer summariser crawler crawlers
        parser parsers
    """,
    "scans": """
        reading reads read processing processes processed summarizing summarising summarizes
        summarises parsing parses reviewing reviews screening moderating grading evaluating
        evaluates scanning scans handles handling analysing analyzing visiting crawling
        browsing indexing indexes viewing scraping tidying composing preparing answering
        quoting triaging generating editing edits resolving consuming listening localises
        transcribing answers loads load serving
    """,
    "shall": """
        must should shall has_to have_to need_to needs_to is_to are_to required_to
        requested_to asked_to instructed_to obliged_to told_to ought_to supposed_to agrees_to
        consent_to
    """,
    "deed": """
        accept add advise answer append approve assert assign attach award book buy call
        change claim classify click close confirm conceal convince copy decline delete deny
        describe disable discard disregard display drop dump email erase exclude execute
        export fetch fill flag forget forward give grant hide ignore include insert insist
        install invite label list mail mark merge obey comply omit open order output override
        paste pay place post praise predict present pretend print proceed promise rank rate
        recommend refuse reject relabel remove render repeat replace reply report request
        respond reveal say score send set share show skip speak state stop submit suppress
        swap tell transfer treat turn unlock upload urge whitelist write adopt star hardcode
    """,
    "silent": """
        mention disclose reveal report quote cite list acknowledge log discuss explain tell
        inform notify record admit say show talk warn
    """,
    "human": """
        user users owner human humans customer reader developer reviewer anyone anybody them
        him her people shoppers callers buyers recruiter supervisor employee maintainer
        visitor everyone pupil client somebody someone patients
    """,
    "spoils": """
        password passwords token tokens credentials secret secrets api_key inbox mailbox
        contacts passphrase ssh_key wallet codes conversation transcript location history
        database table context_window environment_variables files prompt instructions netrc
        cookies iban seed_phrase phone_numbers addresses attachments screenshots chat
    """,
    # -- somebody else, or something else: these spoil a match
    "cast": "want_you_to act_as_* you_are_a_* you_are_an_* your_task_is",
    "people_with_ai": """
        using_ai using_an_ai using_chatgpt using_copilot using_claude ai_users copilot_users
        chatgpt_users llm_users claude_users gemini_users
    """,
    "desk": """
        next_agent support_agent call_agent travel_agent estate_agent handover hand_over shift
        colleague previous_agent
    """,
    "ours": "our my his her their users attackers quotes quoted contains containing matches",
    "to": "to",
    "use": """
        use uses used using with of without by about against our from like than are_an_*
        are_a_* re_a_* re_an_* as_an_* as_a_* is_a_* is_an_* for_a_*
    """,
    "soldiers": "soldier soldiers sergeant lieutenant corporal troops battalion",
    "parties": "agreement agreements party parties clause contract contracts",
    "compound": """
        manager managers policy policies reset resets field fields hash hashes length strength
        generator protector hint box vault rotation expiry protection
    """,
    "is": "is are was were",
    "topic": "about regarding concerning on when",
    "i_said": "i_said i_told i_wrote i_asked i_mentioned i_typed i_just",
}
"""Slot → words, as `m2m_trio.scan.lexicon.ENGLISH` has them, whose part this is."""
