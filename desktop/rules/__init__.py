"""Decisions: plans, calendar, duty time, checks on a record, sets, benefits and expiry."""
