"""What the machine says when a file cannot be read or written, in a clerk's words."""

from __future__ import annotations

import errno

_BY_NUMBER = {
    errno.EACCES: "沒有權限，或正被其他程式占用",
    errno.EPERM: "沒有權限，或正被其他程式占用",
    errno.EROFS: "這個位置是唯讀的",
    errno.ENOENT: "檔案或資料夾不存在",
    errno.EEXIST: "已有同名的檔案",
    errno.ENOTDIR: "路徑中有一段不是資料夾",
    errno.EISDIR: "這是資料夾，不是檔案",
    errno.ENOSPC: "磁碟空間不足",
    errno.EDQUOT: "磁碟空間不足",
    errno.EIO: "磁碟讀寫錯誤",
    errno.ENAMETOOLONG: "路徑太長",
}


def fault_words(error: OSError) -> str:
    """Why a file could not be read or written, as words for brackets in a sentence.

    Args:
        error: What the system raised.
    """
    return _BY_NUMBER.get(error.errno or 0, "系統無法讀寫")
