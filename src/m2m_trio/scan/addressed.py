"""Words that tell who is spoken to or of: a model that reads along, or somebody else.

`m2m_trio.scan.lexicon` has the slots of what is said.
"""

from __future__ import annotations

ADDRESSED: dict[str, str] = {
    # -- somebody else, or something else: these spoil a match
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
    "use": "use uses used using of with without by about against our from like than",
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
