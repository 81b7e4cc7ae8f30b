"""How PDF moves and turns what is drawn inside something else."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(item: Any) -> Matrix:
    """The matrix of one of PDFium's objects."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point moved by a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def times(one: Matrix, two: Matrix) -> Matrix:
    """The matrix that does what ``one`` does and then ``two``."""
    a, b, c, d, e, f = one
    x, y = apply(two, e, f)
    g, h, i, j, _, _ = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, x, y)
