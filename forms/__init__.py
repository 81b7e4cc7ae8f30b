"""Printed documents: finished content in, the bytes of a PDF out."""
