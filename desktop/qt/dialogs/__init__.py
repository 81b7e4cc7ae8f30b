"""Dialogs: only for what cannot be undone and for refused files."""
