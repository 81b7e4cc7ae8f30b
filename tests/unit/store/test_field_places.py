"""Places of single fields, as a picture's rows have them, come back as they were kept."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from desktop.domain.provenance import FieldPlace, PageBox, SourcePlace
from desktop.store.codes import PLACE_COLUMNS, place_cells, to_place

BOX = PageBox(0.1, 0.2, 0.3, 0.4)


@pytest.mark.parametrize(
    "place",
    [
        SourcePlace("0" * 64, "a.pdf", 1, 2, boxes=((1, BOX), (2, BOX))),
        SourcePlace("0" * 64, "a.png", 1, 2, boxes=((1, BOX),), fields=(
            FieldPlace("start", 1, BOX, 0.61), FieldPlace("end", 1, BOX, 0.99),
        )),
        SourcePlace("0" * 64, "a.csv"),
    ],
)  # fmt: skip
def test_place_is_kept_with_the_places_of_its_fields(place: SourcePlace) -> None:
    row = SimpleNamespace(**dict(zip(PLACE_COLUMNS, place_cells(place), strict=True)))
    assert to_place(row) == place
