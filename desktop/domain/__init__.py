"""Values of the trade: hours, dates, spans, people, records, plans, findings.

Frozen dataclasses and enums on the standard library alone: no clock, no files, no display.
"""
