"""The abbreviations of T1, as the reference's code has them (its documents name others)."""

from __future__ import annotations

KEYS = {
    "content": "c",
    "model": "M",
    "temperature": "T",
    "max_tokens": "x",
    "stream": "s",
    "stop": "S",
    "top_p": "p",
    "frequency_penalty": "f",
    "presence_penalty": "P",
    "function_call": "fc",
    "arguments": "a",
    "tool_calls": "tc",
    "tool_choice": "tx",
    "response_format": "rf",
    "logit_bias": "lb",
    "logprobs": "lp",
    "top_logprobs": "tlp",
    "choices": "C",
    "finish_reason": "fr",
    "prompt_tokens": "pt",
    "completion_tokens": "ct",
    "total_tokens": "tt",
    "delta": "D",
    "system_fingerprint": "sf",
    "error": "E",
}
"""Keys of objects."""

ROLES = {"system": "S", "assistant": "A", "function": "F", "tool": "T"}
"""Values of ``role``."""

MODELS = {
    "gpt-4o": "g4o",
    "gpt-4o-mini": "g4om",
    "gpt-4-turbo": "g4t",
    "gpt-4": "g4",
    "gpt-3.5-turbo": "g35t",
    "llama-3.1-405b": "l31405",
    "llama-3.1-70b": "l3170",
    "llama-3.1-8b": "l318",
    "llama-3.3-70b": "l3370",
    "mistral-large-latest": "mll",
    "mistral-small-latest": "msl",
    "mixtral-8x7b": "mx87",
    "mixtral-8x22b": "mx822",
    "deepseek-v3": "dv3",
    "deepseek-r1": "dr1",
    "deepseek-coder": "dc",
    "qwen-2.5-72b": "q2572",
    "qwen-2.5-32b": "q2532",
    "qwen-2.5-coder-32b": "qc32",
}
"""Values of ``model``."""
