"""Public scanners, each as a function from a text to a score, where they can be imported.

    python -m venv /tmp/peers && /tmp/peers/bin/pip install litellm fastapi orjson yara-python
    /tmp/peers/bin/pip install --no-deps pytector llm-guard llamafirewall nemoguardrails rebuff

Only what works without model weights and without a network is asked. Some packages load
libraries for their models on import: those that are missing are replaced by a stand-in, which
the parts asked here never call.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

Score = Callable[[str], float]


class _StandIn(ModuleType):
    """A module of which everything is there and nothing works."""

    __path__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return MagicMock()


def _stand_in(*names: str) -> None:
    for name in names:
        top = name.partition(".")[0]
        if top in sys.modules or importlib.util.find_spec(top) is None:
            sys.modules.setdefault(name, _StandIn(name))


def _folder(package: str) -> Path:
    """Where a package is, without importing it."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ImportError(f"{package} is not installed")
    return Path(found.submodule_search_locations[0])


def litellm() -> Score:
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    from litellm.proxy.guardrails.guardrail_hooks.litellm_content_filter import content_filter

    folder = _folder("litellm") / "proxy" / "guardrails" / "content_filter_data" / "categories"
    names = sorted(path.stem for path in folder.glob("prompt_injection*.yaml"))
    guard = content_filter.ContentFilterGuardrail(
        guardrail_name="benchmark",
        categories=[
            {"category": name, "enabled": True, "action": "BLOCK", "severity_threshold": "low"}
            for name in names
        ],
    )

    loop = asyncio.new_event_loop()

    def score(text: str) -> float:
        try:
            loop.run_until_complete(
                guard.apply_guardrail(
                    inputs={"texts": [text]}, request_data={}, input_type="request"
                )
            )
        except Exception as error:
            if getattr(error, "status_code", None) in {400, 403}:
                return 1.0
            raise
        return 0.0

    return score


def llamafirewall() -> Score:
    _stand_in("codeshield", "codeshield.cs", "codeshield.insecure_code_detector", "torch")
    _stand_in("transformers", "typer")
    from llamafirewall import UserMessage
    from llamafirewall.scanners.regex_scanner import RegexScanner

    scanner = RegexScanner()
    loop = asyncio.new_event_loop()

    def score(text: str) -> float:
        return float(loop.run_until_complete(scanner.scan(UserMessage(content=text))).score)

    return score


def pytector() -> Score:
    _stand_in("torch", "groq", "transformers", "validators")
    from pytector.detector import PromptInjectionDetector

    detector = PromptInjectionDetector(
        use_groq=True, api_key="none", enable_keyword_blocking=True
    )
    return lambda text: float(detector.check_input_keywords(text)[0])


def llm_guard() -> Score:
    place = _folder("llm_guard") / "input_scanners" / "invisible_text.py"
    for name in ("llm_guard", "llm_guard.util", "llm_guard.input_scanners"):
        sys.modules[name] = _StandIn(name)  # the package itself loads all its models' libraries
    base = sys.modules["llm_guard.input_scanners.base"] = ModuleType("base")
    vars(base)["Scanner"] = object
    spec = importlib.util.spec_from_file_location(
        "llm_guard.input_scanners.invisible_text", place
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{place} is no module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    scanner = module.InvisibleText()
    return lambda text: float(not scanner.scan(text)[1])


def nemoguardrails() -> Score:
    import yara

    folder = _folder("nemoguardrails") / "library" / "injection_detection" / "yara_rules"
    rules = yara.compile(filepaths={path.stem: str(path) for path in folder.glob("*.yara")})
    return lambda text: float(bool(rules.match(data=text)))


PEERS: dict[str, tuple[str, str, Callable[[], Score]]] = {
    "litellm": ("litellm", "content filter, its prompt injection categories", litellm),
    "pytector": ("pytector", "keywords", pytector),
    "llamafirewall": ("llamafirewall", "regex scanner", llamafirewall),
    "llm-guard": ("llm-guard", "InvisibleText", llm_guard),
    "nemoguardrails": ("nemoguardrails", "injection YARA rules", nemoguardrails),
}
"""Name → distribution, what is asked of it, what makes it."""

NOT_MEASURED = {
    "rebuff": "its heuristic needs seconds for 60 characters",
    "vigil-llm": "not on PyPI",
    "guardrails-ai": "its validators come from a hub",
    "prompt-guard, llm-guard PromptInjection": "need model weights",
    "garak": "judges replies, not requests",
}


def load() -> dict[str, Score]:
    """Those that can be imported here; what is missing is said."""
    found = {}
    for name, (package, part, make) in PEERS.items():
        try:
            title = f"{name} {version(package)}, {part}"
            found[title] = make()
        except (ImportError, PackageNotFoundError) as error:
            print(f"without {name}: {error}")
    for name, reason in NOT_MEASURED.items():
        print(f"without {name}: {reason}")
    return found
