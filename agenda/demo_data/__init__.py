"""Invented venues, sessions, speakers and plant visits; facts about the plants are illustrative.

Tables beside this file. `day` counts from the first day of the forum (0), times are local to the forum. Names of people
and organisations that do not exist say so. Uzbek and Belarusian texts are ours and need a native check.
"""
