"""An embedded OpenAI-compatible upstream and a scripted agent: all runs with no model."""

from __future__ import annotations

from m2m_trio.demo.app import Delivery, DemoUpstream
from m2m_trio.demo.upstream import open_demo_upstream

__all__ = ["Delivery", "DemoUpstream", "open_demo_upstream"]
