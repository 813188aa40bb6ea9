"""Alerts ask for figures that exist, with labels that exist; each is explained."""

import re
from typing import Any

import pytest
import yaml
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from forum.models import Forum
from forum.runtime.paths import ROOT

RULES = yaml.safe_load((ROOT / "deploy" / "forum-alerts.yml").read_text())["groups"][0]["rules"]
SCRAPE = yaml.safe_load((ROOT / "deploy" / "prometheus.yml").read_text())
DOC = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
CADDY = (ROOT / "deploy" / "Caddyfile").read_text()
TOKEN = "token-of-the-watch"


@pytest.fixture
def samples(forum: Forum, settings: Any) -> set[str]:
    """Names of samples that `/metrics` may give. A family without rows still says its name."""
    settings.METRICS_TOKEN = TOKEN
    text = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    endings = {"summary": ("_count", "_sum"), "counter": ("_total",), "gauge": ("",)}
    return {f"{f.name}{end}" for f in text_string_to_metric_families(text) for end in endings[f.type]}


def test_alerts_ask_for_figures_that_exist(samples: set[str]) -> None:
    asked = {name for rule in RULES for name in re.findall(r"\bforum_\w+", rule["expr"])}
    assert len(asked) >= 8
    assert asked - samples == set()


def test_alerts_have_a_name_a_summary_and_a_severity() -> None:
    assert [rule["alert"] for rule in RULES if set(rule) - {"for"} != {"alert", "expr", "labels", "annotations"}] == []
    assert {rule["labels"]["severity"] for rule in RULES} == {"page", "watch"}
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


def test_every_alert_is_explained() -> None:
    assert [rule["alert"] for rule in RULES if f"`{rule['alert']}`" not in DOC] == []


def test_prometheus_asks_inside_with_a_token_and_the_proxy_refuses_others() -> None:
    (job,) = SCRAPE["scrape_configs"]
    assert job["static_configs"] == [{"targets": ["web:8000"]}] and job["authorization"]["type"] == "Bearer"
    assert SCRAPE["rule_files"] == ["forum-alerts.yml"]
    refused = re.search(r"@inside path ([^\n]+)\n\trespond @inside 404", CADDY)
    assert refused and {"/metrics", "/readyz"} <= set(refused[1].split())
