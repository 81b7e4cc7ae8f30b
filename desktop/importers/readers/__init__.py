"""Readers: bytes in, text and tables out; each knows one file format and no kind of evidence."""
