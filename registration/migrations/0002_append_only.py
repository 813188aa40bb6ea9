"""Rows that prove something never change."""

from django.db import migrations

from forum.append_only import protect


class Migration(migrations.Migration):
    """Triggers that refuse update and delete."""

    dependencies = [("registration", "0001_initial"), ("forum", "0002_append_only")]
    operations = [
        protect("registration_consent"),
        protect("registration_registrationmove"),
        protect("registration_consentwithdrawal"),
        protect("registration_erasure"),
        protect("registration_merge"),
        protect("registration_mergeundo"),
    ]
