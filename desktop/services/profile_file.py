"""Column profiles as a file that another office can take: headings and columns, nobody's name."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from datetime import date
from typing import Any

from desktop.domain.column_profile import ColumnProfile
from desktop.domain.evidence import KIND_WORDS, EvidenceKind
from desktop.importers.headings import Column
from desktop.importers.mapping import FIXED_VALUES, MAPPABLE_KINDS, mapping_fields, missing_columns

_HEAD = "# 公餘 欄位對應。一段是一種表格：kind 種類，headings 標題列，columns 欄位 = 標題。\n"
MOST_PROFILES = 1_000


class ProfileFileError(Exception):
    """A profile file that cannot be used; the message is one Chinese sentence."""


def profile_text(profiles: Sequence[ColumnProfile]) -> str:
    """Profiles as TOML; who confirmed them stays at home.

    Args:
        profiles: In the order to write.
    """
    parts = [_HEAD]
    for profile in profiles:
        lines = [
            "[[profile]]",
            f"kind = {_text(profile.kind.value)}  # {profile.kind.words}",
            f"header_row = {profile.header_row}",
        ]
        if profile.confirmed_on is not None:
            lines.append(f"confirmed_on = {profile.confirmed_on.isoformat()}")
        lines.append(f"headings = [{', '.join(map(_text, profile.headings))}]")
        lines.append("[profile.columns]")
        lines += [f"{_text(column)} = {_text(title)}" for column, title in profile.columns]
        if profile.fixed:
            lines.append("[profile.fixed]")
            lines += [f"{_text(column)} = {_text(value)}" for column, value in profile.fixed]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _text(words: str) -> str:
    # JSON's strings are TOML's basic strings but for one control character.
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_profiles(content: bytes, *, name: str) -> tuple[ColumnProfile, ...]:
    """The profiles of a file.

    Args:
        content: As ``profile_text`` writes it, in UTF-8.
        name: The file's name, for the sentence.

    Raises:
        ProfileFileError: When anything in it cannot be used; nothing is taken then.
    """
    try:
        told = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ProfileFileError(
            f"欄位對應檔「{name}」不是 UTF-8 編碼，沒有採用，請另存成 UTF-8 後再試。"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ProfileFileError(
            f"「{name}」不是欄位對應檔（TOML 格式有誤），沒有採用，請重新匯出後再試。"
        ) from error
    entries = told.get("profile")
    if not isinstance(entries, list) or not entries or len(entries) > MOST_PROFILES:
        raise ProfileFileError(f"「{name}」裡沒有欄位對應（[[profile]]），沒有採用。")
    profiles: dict[str, ColumnProfile] = {}
    for number, entry in enumerate(entries, 1):
        try:
            profile = _profile(entry)
        except ValueError as error:
            raise ProfileFileError(
                f"「{name}」的第 {number} 個欄位對應不能用：{error}，整份沒有採用，請更正後再試。"
            ) from error
        if profile.key in profiles:
            raise ProfileFileError(
                f"「{name}」有兩個欄位對應的標題相同（第 {number} 個），整份沒有採用，請留一個。"
            )
        profiles[profile.key] = profile
    return tuple(profiles.values())


def _profile(entry: Any) -> ColumnProfile:
    if not isinstance(entry, dict):
        raise ValueError("不是一段資料")
    known = {"kind", "header_row", "confirmed_on", "headings", "columns", "fixed"}
    unknown = set(entry) - known
    if unknown:
        raise ValueError(f"不認得「{sorted(unknown)[0]}」")
    headings, columns = entry.get("headings"), entry.get("columns")
    fixed = entry.get("fixed", {})
    header_row, day = entry.get("header_row", 1), entry.get("confirmed_on")
    if not isinstance(headings, list) or not all(isinstance(one, str) for one in headings):
        raise ValueError("headings 要是標題的清單")
    if not isinstance(columns, dict) or not all(isinstance(one, str) for one in columns.values()):
        raise ValueError("columns 要是欄位對標題")
    if not isinstance(fixed, dict) or not all(isinstance(one, str) for one in fixed.values()):
        raise ValueError("fixed 要是欄位對固定的值")
    if type(header_row) is not int or header_row < 1:
        raise ValueError("header_row 要是 1 以上的整數")
    if day is not None and type(day) is not date:
        raise ValueError("confirmed_on 要是 2025-11-21 這樣的日期")
    profile = ColumnProfile(
        kind=_kind(entry.get("kind")),
        headings=tuple(headings),
        columns=tuple(columns.items()),
        header_row=header_row,
        confirmed_on=day,
        fixed=tuple(fixed.items()),
    )
    problem = profile_problem(profile)
    if problem:
        raise ValueError(problem)
    return profile


def _kind(word: Any) -> EvidenceKind:
    kind = next((kind for kind in MAPPABLE_KINDS if kind.value == word), None)
    if kind is None:
        raise ValueError(f"沒有「{word}」這個種類")
    return kind


def profile_problem(profile: ColumnProfile) -> str:
    """Why a profile cannot be used, in words; empty when it can.

    Args:
        profile: Made by the clerk or read from a file.
    """
    if profile.kind not in MAPPABLE_KINDS:
        return f"{KIND_WORDS[profile.kind]}不能用欄位對應讀取"
    if not profile.key:
        return "標題列是空白的"
    known = {field.column.value for field in mapping_fields(profile.kind)}
    titles = [title for _, title in profile.columns]
    for column, title in profile.columns:
        if column not in known:
            return f"{profile.kind.words}沒有「{column}」這一欄"
        if title not in profile.headings:
            return f"標題列沒有「{title}」"
        if titles.count(title) > 1:
            return f"標題「{title}」對應了兩個欄位"
    mapped = [column for column, _ in (*profile.columns, *profile.fixed)]
    for column, value in profile.fixed:
        if column not in known or value not in FIXED_VALUES.get(Column(column), ()):
            return f"「{column}」不能固定是「{value}」"
        if mapped.count(column) > 1:
            return f"「{column}」對應了標題，又固定是「{value}」"
    missing = missing_columns(profile.kind, mapped)
    if missing:
        words = "、".join("或".join(column.value for column in group) for group in missing)
        return f"還缺少{words}"
    return ""
