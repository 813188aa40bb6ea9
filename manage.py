#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
    from django.core.management import execute_from_command_line

    from forum.logs import carrying, new_request_id

    with carrying(request_id=new_request_id()):  # what a command causes can be followed like a click
        execute_from_command_line(sys.argv)
