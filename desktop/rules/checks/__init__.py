"""Checks on one learning record, one module a matter (rules.md section 3)."""
