"""Workbooks: finished content in, the bytes of a file out."""
