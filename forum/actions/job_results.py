"""Files that came out of long works go: at their day, or earlier, when somebody on them is erased. The work stays as it was."""

from django.db import transaction
from django.utils.timezone import now

from forum.actions.audit import record
from forum.actions.files import give_up_file
from forum.models import Job


def erase_late_results() -> int:
    """Files whose day has come. Returns how many."""
    late = Job.objects.filter(result__erase_after__lte=now()).order_by("pk")
    return sum(_erase_late(pk) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _erase_late(pk: int) -> bool:
    job = Job.objects.select_for_update(of=("self",)).select_related("forum", "result").get(pk=pk)
    return drop_result(job)


def drop_result(job: Job) -> bool:
    """Part of the caller's transaction; the bytes go after its commit. False when there is no file any more."""
    stored = job.result
    if stored is None or not Job.objects.filter(pk=job.pk, result=stored).update(result=None, result_erased_at=now()):
        return False
    give_up_file(stored)
    record("job.result_erased", on=("job", job.public_id), forum=job.forum, kind=job.kind)
    return True
