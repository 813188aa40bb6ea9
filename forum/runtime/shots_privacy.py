"""Pages about one person's data: erasures, corrections, consents. Part of the team's."""

from forum.runtime import shots_ways as ways
from forum.runtime.shots_page import RU, Shot
from forum.runtime.shots_ways import follow

PERSON = "main a[data-open]"
CONSENTS_OF = "main a[href*='/consents/people/']"
PRIVACY = [
    Shot(name="erasures", url="/team/erasures/", role="privacy", languages=(RU,)),
    Shot(
        name="erase-person",
        url="/team/consents/",
        view="privacy:erase_person",
        role="privacy",
        way=follow("main a[href*='/erasures/people/']"),
    ),
    Shot(
        name="erasure-act",
        url="/team/erasures/",
        view="privacy:erasure_act",
        role="privacy",
        way=follow("main tbody a"),
    ),
    Shot(
        name="correct",
        url="/team/people/",
        view="people:correct",
        role="officer",
        way=follow(PERSON, "main a[href$='/correct/']"),
    ),
    Shot(
        name="replace",
        url="/team/people/?state=confirmed",
        view="people:replace",
        role="officer",
        way=follow(PERSON, "main a[href$='/replace/']"),
    ),
    Shot(name="consents-team", url="/team/consents/", role="privacy", dark=True),
    Shot(
        name="consents-person",
        url="/team/consents/?purpose=processing",
        view="privacy:person",
        role="privacy",
        way=follow(CONSENTS_OF),
    ),
    Shot(
        name="consent-withdrawal",
        url="/team/consents/?purpose=processing",
        view="privacy:withdrawal",
        role="privacy",
        way=follow(CONSENTS_OF, "main a[href$='/processing/withdraw/']"),
    ),
    Shot(
        name="consent-withdrawal-wrong",
        url="/team/consents/?purpose=processing",
        view="privacy:withdrawal",
        role="privacy",
        languages=(RU,),
        way=ways.record_wrong_withdrawal,
    ),
    Shot(
        name="consent-signed",
        url="/team/consents/?purpose=processing",
        view="privacy:signed",
        role="privacy",
        way=follow(CONSENTS_OF, "main a[href$='/paper/']"),
    ),
    Shot(name="consents-nothing", url="/team/consents/?standing=older", role="privacy", languages=(RU,)),
    Shot(name="consent-texts", url="/team/consents/texts/", role="privacy"),
    Shot(name="consent-text-new", url="/team/consents/texts/new/?matter=publication", role="privacy"),
]
