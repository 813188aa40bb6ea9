"""Every operation of `docs/openapi.yaml` answers as it says there, whatever is sent: generated requests against the real
WSGI application and PostgreSQL, with a token that may do everything, with a phone's, and with none.
"""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from agenda.actions.releases import publish_release
from forum.enums import Role
from forum.models import Account, Forum
from forum.wsgi import application
from tests.api import make_token
from tests.factories.agenda import make_programme, make_session, make_slot
from tests.factories.badges import make_device, make_holder, make_point, scan
from tests.factories.jobs import counting_kind, make_job
from tests.factories.registration import make_consent_document, make_registration

ROOT = Path(__file__).resolve().parents[2]
NOBODY = "00000000-0000-4000-8000-000000000000"
JOB = "11111111-1111-4111-8111-111111111111"
DEVICE = "22222222-2222-4222-8222-222222222222"
THERE = {
    "ref": ["7K4QXM2P9A", "0000000000"],
    "slug": ["opening", "azot", "nothing"],
    "public_id": [JOB, DEVICE, NOBODY],
    "nonce": [NOBODY],
}
"""What stands in addresses: things that are there, and one that is not."""
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
SHORT, LONG = 4, 150


def description() -> dict[str, Any]:
    """The snapshot, with addresses that lead somewhere."""
    described = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8"))
    for path in described["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    parameter["schema"] = {"type": "string", "enum": THERE[parameter["name"]]}
    return described


SCHEMA = schemathesis.openapi.from_dict(description())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
each_caller = pytest.mark.parametrize("caller", ["organiser", "nobody"])


@pytest.fixture
def callers(forum: Forum, organiser: Account, settings: Any) -> Any:
    """A forum with one of everything, and the headers of everybody who may call."""
    rates = dict.fromkeys(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "1000000/second")
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": rates}
    # As Django's own test client does: the application must not close the connection of the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    make_consent_document(forum)
    make_registration(forum, ref="7K4QXM2P9A")
    make_session(forum, slug="opening")
    publish_release(forum, by=None)
    make_slot(make_programme(forum, slug="azot"))
    device, phone = make_device(make_point(forum, slug="main"))
    device.public_id = DEVICE
    device.save(update_fields=["public_id"])
    scan(make_holder(forum), device=device)
    _token, secret = make_token(forum, Role.ORGANISER, holder=organiser)
    with counting_kind():
        make_job(forum, organiser, public_id=JOB)
        yield {
            "organiser": {"token": f"Bearer {secret}", "device": f"Device {phone}"},
            "nobody": {"token": "Bearer nobody", "device": "Device nobody"},
        }
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def run(operation: Any, headers: dict[str, str], *, mode: GenerationMode, examples: int) -> None:
    """Send `examples` requests of this kind and check every answer against the description."""
    scheme = next((name for scheme in operation.definition.raw.get("security", []) for name in scheme), None)
    # Straight into the application there is nobody who would unpack a compressed answer.
    sent = {"Accept-Encoding": "identity"} | ({"Authorization": headers[scheme]} if scheme else {})

    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers_as_described(case: Any) -> None:
        case.validate_response(case.call(app=application, headers=sent), checks=CHECKS)

    answers_as_described()


@each_caller
@each_operation
def test_answers_as_described(operation: Any, caller: str, callers: Any) -> None:
    run(operation, callers[caller], mode=GenerationMode.POSITIVE, examples=SHORT)


@pytest.mark.long
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@each_caller
@each_operation
def test_answers_as_described_at_length(operation: Any, caller: str, mode: GenerationMode, callers: Any) -> None:
    if mode == GenerationMode.NEGATIVE and not operation.path_parameters and not operation.body and not operation.query:
        pytest.skip("nothing can be wrong about it")
    run(operation, callers[caller], mode=mode, examples=LONG)
