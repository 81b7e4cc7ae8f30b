"""What a plan file's words mean is said alike by the loader and by the page of plans."""

from __future__ import annotations

from desktop.rules.choice_words import CHOICE_WORDS, choices_in_words
from desktop.services import plan_form, plan_form_benefits, plan_form_common, plan_form_sets

MODULES = (plan_form, plan_form_benefits, plan_form_common, plan_form_sets)


def test_the_form_offers_each_word_under_the_name_that_the_loader_gives_it() -> None:
    offered = [
        pair
        for module in MODULES
        for name, value in vars(module).items()
        if name.isupper() and name != "EVIDENCE" and isinstance(value, tuple)
        for pair in value
        if isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(p, str) for p in pair)
    ]
    assert len(offered) > 25
    assert [(key, words) for key, words in offered if CHOICE_WORDS.get(key, key) != words] == []


def test_a_choice_is_named_with_its_meaning_and_chinese_alone() -> None:
    assert choices_in_words(["sum", "best"]) == "sum（各條累加）、best（擇優一條）"
    assert choices_in_words(["嘉獎", "記功"]) == "嘉獎、記功"
