"""Whether a person's staff category may apply under a plan."""

from __future__ import annotations

from desktop.domain.people import Person
from desktop.domain.plan import Eligibility
from desktop.domain.text import matching_key

# What rosters write for what plans write. Keys and values are folded before use.
_SAME_CATEGORY = {
    "公務人員": "編制內公務人員",
    "編制內": "編制內公務人員",
    "正式公務人員": "編制內公務人員",
    "約聘人員": "約聘",
    "聘用人員": "約聘",
    "聘用": "約聘",
    "約僱人員": "約僱",
    "約雇人員": "約僱",
    "約雇": "約僱",
    "技工工友": "職工",
    "工友": "職工",
    "技工": "職工",
    "臨時人員": "臨時人員",
    "警察": "警察人員",
    "警察官": "警察人員",
    "醫事": "醫事人員",
    "職務代理": "職務代理人",
    "職務代理人員": "職務代理人",
    "職代": "職務代理人",
    "約聘職務代理人": "職務代理人",
    "約僱職務代理人": "職務代理人",
}
_SYNONYMS = {matching_key(word): matching_key(same) for word, same in _SAME_CATEGORY.items()}


def is_eligible(person: Person, eligibility: Eligibility) -> bool | None:
    """Whether the person's category is among the plan's; None when the roster names none.

    Args:
        person: Of the roster.
        eligibility: Of the plan.
    """
    category = category_key(person.category)
    if not category:
        return None
    return category in {category_key(word) for word in eligibility.categories}


def is_same_category(one: str, other: str) -> bool:
    """Whether two words of rosters and plans mean one 人員類別."""
    return category_key(one) == category_key(other)


def category_key(category: str) -> str:
    """人員類別 folded: words of rosters and plans that mean one category are equal."""
    key = matching_key(category)
    return _SYNONYMS.get(key, key)
