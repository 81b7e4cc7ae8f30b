"""The words of the rules, each in a sentence: what tooltips say and the handbook's glossary."""

from __future__ import annotations

from collections.abc import Mapping

TERMS: Mapping[str, tuple[str, str]] = {
    "off-duty": ("公餘時間", "不在上班、在勤或輪值的時間；放假日和午休也是。"),
    "duty": (
        "上班時間",
        "那個人那一天要上班的時段：有輪值照輪值，放假沒有，其餘照班別，扣掉停止上班。",
    ),
    "start": ("起", "這門課開始閱讀的時刻。計畫要看起的，起要在公餘時間。"),
    "end": ("迄", "這門課完成的時刻。迄要在公餘時間，也要在期限以前。"),
    "hours": ("時數", "平台認證的學習時數，和計畫寫的時數要一樣。"),
    "reading-time": ("閱讀時數", "平台量到的實際閱讀時間，可以比認證時數短，不能比起迄相隔還長。"),
    "verdict": (
        "判定",
        "一列裡最重的結果：不符、待確認，都沒有就是通過。旁邊有紫色鉛筆的是人決定的。",
    ),
    "pass": ("通過", "沒有任何不符或待確認。"),
    "review": ("待確認", "程式不能替您決定，要有人看過並寫理由。"),
    "fail": ("不符", "有一項規定確定不合；您可以寫理由改判。"),
    "info": ("提示", "知道就好，不影響通過。"),
    "reason": ("原因", "哪一項檢查有話說。選這一列，下面有完整的句子和條文。"),
    "set": ("套", "一組課程；整組通過才算完成一套。"),
    "leave": (
        "補休",
        "完成規定課程後核給的公假補休時數。「確定」是現在就成立的，「可能」是待確認都採計時會成立的。",
    ),
    "commendation": ("嘉獎", "完成規定課程後的敘獎次數，和補休分開判定，通常不看公餘時間。"),
    "credit": ("採認時數", "薦送研習裡語言、地區、期間和證書都符合的時數。"),
    "flexible": ("彈性帶", "可以自己選擇到班或退勤的時段；當天有刷卡才知道哪一刻算上班。"),
    "closure": ("停止上班", "颱風等由縣市宣布不上班的時段，沒有上班時間；輪值的人不受影響。"),
    "own-rule": ("程式規則", "沒有條文、由本程式自己做的檢查。"),
    "completion": ("完成率", "適用這個計畫的人裡，規定的各套都完成的比例。"),
    "expiry": ("到期日", "補休最後可以用的那一天，由課程完成的次日起算，末日依民法第 121 條。"),
    "grant": ("核給", "申請表核章後登錄的補休時數，一套一筆，各有到期日。"),
    "reversal": ("沖銷", "用相反的一列更正記錯的一列；兩列都留著。"),
    "reprint": ("補印", "內容沒變的文件再印一次，用同一個編號。"),
    "stamped": ("核章", "申請人、單位主管和人事單位都蓋了章。"),
}
"""By anchor in the handbook's glossary: the word, and what it means in one sentence."""


def term_tip(key: str) -> str:
    """A tooltip that explains a word.

    Raises:
        KeyError: When the word stands in no glossary.
    """
    word, words = TERMS[key]
    return f"{word}：{words}"


_BY_WORD = {word: key for key, (word, _) in TERMS.items()} | {
    "到期": "expiry",
    "下次到期": "expiry",
}


def word_tip(word: str) -> str:
    """The tooltip of a word that a heading shows; empty where the glossary has none."""
    key = _BY_WORD.get(word)
    return term_tip(key) if key is not None else ""
