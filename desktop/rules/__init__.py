"""Decisions: plans, calendar, duty time, matching, checks, sets, benefits, expiry.

Pure functions over values of the domain; the day asked about is always an argument.
"""
