"""Alerts ask for figures that exist, with labels that exist; each is explained."""

import re
from typing import Any

import pytest
import yaml
from django.test import Client
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from forum.models import Forum
from forum.runtime.paths import ROOT

RULES = yaml.safe_load((ROOT / "deploy" / "forum-alerts.yml").read_text())["groups"][0]["rules"]
SCRAPE = yaml.safe_load((ROOT / "deploy" / "prometheus.yml").read_text())
DOC = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
CADDY = (ROOT / "deploy" / "Caddyfile").read_text()
TOKEN = "token-of-the-watch"


RISES = re.compile(r"(\w*)(?: by \(\w+\))? ?\((?:rate|increase|delta)\((forum_\w+)\{([^}]*)\}")
"""What is around the rise of a figure, the figure, the labels asked for."""


@pytest.fixture
def families(forum: Forum, settings: Any) -> list[Metric]:
    """What `/metrics` says before anything has happened."""
    settings.METRICS_TOKEN = TOKEN
    text = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    return list(text_string_to_metric_families(text))


def test_alerts_ask_for_figures_that_exist(families: list[Metric]) -> None:
    """A family without rows still says its name."""
    endings = {"summary": ("_count", "_sum"), "counter": ("_total",), "gauge": ("",)}
    samples = {f"{family.name}{end}" for family in families for end in endings[family.type]}
    asked = {name for rule in RULES for name in re.findall(r"\bforum_\w+", rule["expr"])}
    assert len(asked) >= 8
    assert asked - samples == set()


def test_the_first_failure_is_a_rise_of_a_figure_that_is_known(families: list[Metric]) -> None:
    """Prometheus sees no rise in a row that was not there before. Faults of pages are many, or they are no alert."""
    rows = [(sample.name, sample.labels.items()) for family in families for sample in family.samples]
    rises = [found for rule in RULES for found in RISES.findall(rule["expr"]) if "5xx" not in found[2]]
    assert len(rises) >= 5
    for _around, name, labels in rises:
        asked = dict(re.findall(r'(\w+)="([^"]*)"', labels)).items()
        assert [row for row in rows if row[0] == name and asked <= row[1]], (name, labels)


def test_rises_are_summed_over_labels_that_an_alert_does_not_name() -> None:
    """A task that failed once, long ago, has a row of failures that never rises again."""
    expressions = [rule["expr"] for rule in RULES]
    around = [found[0] for expression in expressions for found in RISES.findall(expression)]
    assert set(around) == {"sum"}
    assert len(around) == len(re.findall(r"\b(?:rate|increase|delta)\(forum_\w+\{", " ".join(expressions)))


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
