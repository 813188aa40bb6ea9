"""Print runs: complete, in order, in flat memory."""

import gc
import io
import itertools
import time
import tracemalloc

import pypdfium2 as pdfium
import pytest
from PIL import ImageChops

from badges.engine.facts import BadgeFacts, Problem
from badges.engine.layout import render_badge
from badges.engine.sheets import PROGRESS_EVERY, Flagged, render_batch
from tests.badges.badge_facts import facts_of, make_facts, token_number
from tests.badges.paper import DOTS_PER_MM, codes_on, rendered, text_of
from tests.forum.people import PEOPLE


def crowd(count: int) -> list[BadgeFacts]:
    people = itertools.islice(itertools.cycle(PEOPLE), count)
    return [facts_of(somebody, token=token_number(number)) for number, somebody in enumerate(people)]


class Counter:
    """Bytes that go nowhere, as into a file."""

    def __init__(self) -> None:
        self.length = 0

    def write(self, data: bytes) -> None:
        self.length += len(data)


def test_one_page_for_each_in_the_given_order() -> None:
    out = io.BytesIO()
    everybody = crowd(len(PEOPLE))
    report = render_batch(iter(everybody), out)
    assert (report.printed, report.pages, report.flagged) == (len(PEOPLE), len(PEOPLE), ())
    read = [codes_on(page)[0].text for page in rendered(out.getvalue())]
    assert read == [facts.token for facts in everybody]


def test_backs_follow_their_fronts() -> None:
    out = io.BytesIO()
    everybody = crowd(3)
    assert render_batch(everybody, out, sides=2).pages == 6
    read = [codes_on(page)[0].text for page in rendered(out.getvalue())]
    assert read == [facts.token for facts in everybody for _ in range(2)]


def test_four_to_a_sheet_and_backs_mirrored() -> None:
    out = io.BytesIO()
    everybody = crowd(6)
    report = render_batch(everybody, out, sheet="a4", sides=2)
    assert (report.printed, report.pages) == (6, 4)
    tokens = [facts.token for facts in everybody]
    one, two, three, four, five, six = tokens
    read = [[code.text for code in codes_on(page)] for page in rendered(out.getvalue())]
    assert read == [[one, two, three, four], [two, one, four, three], [five, six], [six, five]]


def test_badge_on_a_sheet_is_the_badge_alone() -> None:
    """Same ink, once alone and once as the upper left of four."""
    facts = crowd(45)[44]
    out = io.BytesIO()
    render_batch([facts], out, sheet="a4")
    alone = next(rendered(render_badge(facts), dpi=144))
    on_sheet = next(rendered(out.getvalue(), dpi=144))
    top = round(0.25 / 25.4 * 144)
    part = on_sheet.crop((0, top, alone.width, top + alone.height))
    # Half a dot of offset softens edges; the cut marks are at the rim. Whole parts that moved or are lost show.
    inner = (20, 20, alone.width - 20, alone.height - 20)
    difference = ImageChops.difference(alone.crop(inner).reduce(8), part.crop(inner).reduce(8)).convert("L")
    assert difference.getextrema()[1] < 60


def test_sheet_has_cut_marks_between_the_badges() -> None:
    out = io.BytesIO()
    render_batch(crowd(4), out, sheet="a4")
    sheet = next(rendered(out.getvalue()))
    gap = round(297 / 2 * DOTS_PER_MM)
    line = [min(sheet.getpixel((round(x * DOTS_PER_MM), gap + dy))) for x in (7, 105, 203) for dy in (-1, 0, 1)]
    assert min(line) < 200


def test_one_poisoned_record_spoils_nothing() -> None:
    everybody = crowd(100)
    everybody[41] = make_facts(surname="王小明", token=token_number(41))
    out = io.BytesIO()
    report = render_batch(everybody, out)
    assert report.printed == report.pages == 99
    problem = Problem(field="surname", code="missing_glyphs", characters="小明王")
    assert report.flagged == (Flagged(index=41, problems=(problem,)),)
    with pdfium.PdfDocument(out.getvalue()) as document:
        assert len(document) == 99
    assert everybody[42].surname in text_of(out.getvalue(), page=41)


def test_nothing_printable_writes_nothing() -> None:
    out = io.BytesIO()
    report = render_batch([make_facts(token="")], out)
    assert (report.printed, report.pages, len(report.flagged)) == (0, 0, 1)
    assert out.getvalue() == b""


def test_progress_is_told_and_may_stop_the_run() -> None:
    told: list[int] = []
    render_batch(crowd(PROGRESS_EVERY * 2 + 5), Counter(), on_progress=told.append)
    assert told == [PROGRESS_EVERY, PROGRESS_EVERY * 2, PROGRESS_EVERY * 2 + 5]

    def stop(done: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        render_batch(crowd(50), Counter(), on_progress=stop)


def test_artwork_is_in_the_file_once() -> None:
    small, large = Counter(), Counter()
    render_batch(crowd(50), small)
    render_batch(crowd(100), large)
    assert (large.length - small.length) / 50 < 4000


def peak_memory(count: int) -> int:
    tracemalloc.start()
    try:
        everybody = (make_facts(token=token_number(number)) for number in range(count))
        # Cycles of dropped pages would otherwise lie about until some later collection.
        render_batch(everybody, Counter(), on_progress=lambda done: gc.collect())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_run() -> None:
    peak_memory(10)
    small, large = peak_memory(40), peak_memory(160)
    assert large - small < 120 * 500


@pytest.mark.long
def test_five_thousand_badges() -> None:
    """Targets of the print desk: 300 a second on a quiet machine, at most 12 KB each, every page there."""
    out = Counter()
    started = time.perf_counter()
    report = render_batch((facts for facts in crowd(5000)), out)
    assert report.printed == 5000
    assert out.length / 5000 < 12_000
    assert 5000 / (time.perf_counter() - started) > 100
