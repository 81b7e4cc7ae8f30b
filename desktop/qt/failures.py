"""What a failure says to the clerk; the technical part goes to the log."""

from __future__ import annotations

import errno

_ENVIRONMENT = (
    (
        PermissionError,
        "沒有權限讀寫「{name}」，資料沒有變動；請確認檔案沒有被別的程式開著，再試一次。",
    ),
    (FileNotFoundError, "找不到「{name}」，資料沒有變動；請確認檔案還在原來的資料夾。"),
    (MemoryError, "記憶體不足，資料沒有變動；請關閉其他程式，再試一次。"),
)


def sentence_for(error: BaseException, *, act: str) -> str:
    """One Chinese sentence: what happened, what was kept, what to do.

    Args:
        error: What was raised. A service's own errors already carry their sentence.
        act: What was being done, in words.
    """
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return f"「{act}」沒有完成：磁碟空間不足，資料沒有變動；請清出空間，再試一次。"
    for kind, sentence in _ENVIRONMENT:
        if isinstance(error, kind):
            name = getattr(error, "filename", None) or act
            return sentence.format(name=name)
    words = str(error)
    if is_chinese(words):
        return words
    return (
        f"「{act}」沒有完成，這是程式的錯誤；資料沒有變動，技術內容已寫進紀錄檔，"
        "請再試一次或告訴資訊人員。"
    )


def is_chinese(words: str) -> bool:
    """Whether a message was written for the clerk: a single line with Chinese in it."""
    return "\n" not in words and any("\u4e00" <= letter <= "\u9fff" for letter in words)
