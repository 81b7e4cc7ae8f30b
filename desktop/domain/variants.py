"""Characters written in more than one way: facts about writing, each group with its source.

They meet in keys for finding (``text.matching_key``); what is stored and printed is never changed.
Only spellings of one and the same character stand here. Characters that sound or mean alike but are
chosen to tell people apart (哲 and 喆, 坤 and 堃, 升 and 昇, 輝 and 煇) are two names.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Seen in printouts, rosters and letter tables of Windows and of the platforms: 台 for 臺, and the
# shapes of older type (眞, 黄, 淸) that some letter tables give. Each pair: as met, then usual.
_MET = (
    "台臺 峯峰 祕秘 啓啟 眞真 羣群 裏裡 爲為 内內 温溫 净淨 凈淨 黄黃 户戶 戸戶 説說 税稅 "
    "敎教 强強 牀床 衆眾 綫線 汙污 恒恆 銹鏽 粧妝 凉涼 况況 决決 冲沖 脚腳 却卻 鷄雞 奬獎 "
    "録錄 緑綠 値值 査查 滙匯 兑兌 鋭銳 脱脫 悦悅 閲閱 産產 顔顏 彦彥 愼慎 鎭鎮 靑青 淸清 "
    "晩晚 虚虛 僞偽 嘆歎 鈎鉤 墻牆 嫺嫻 碁棋 糭粽 囘回 邨村 尙尚 吿告 徳德 黒黑 歩步 毎每 "
    "亘亙 册冊 勛勳 廐廄 曁暨 朶朵 栢柏 槪概 滚滾 硏研 絶絕 緖緒 縂總 缐線 舘館 葱蔥 衞衛 "
    "謡謠 賛贊 蹟跡 迹跡 鄕鄉 隣鄰 鎻鎖 頽頹 飮飲 駡罵 麽麼"
)

# Unicode Character Database, Unihan_Variants.txt of version 15.0 (2022-08-01), field kZVariant: one
# abstract shape that two standards keep apart. Of its 80 pairs those within the plane of common
# characters of which one is in Big5; pairs that stand above are left out.
_UNIHAN_Z = (
    "併倂 吳吴 吳呉 填塡 獎奨 墫壿 娛娯 娛娱 媯嬀 帡帲 挩捝 插挿 插揷 搖揺 搖摇 敓敚 梲棁 "
    "榝樧 涗涚 溈潙 胼腁 苿茉 蒍蔿 蛻蜕 豜豣 跺跥 躗躛 軿輧 郎郞 鄉郷 隸隷 搉㩁 曶㫚"
)

# Open Chinese Convert, TWVariants.txt (https://github.com/BYVoid/OpenCC): the spelling that Taiwan
# prefers. Left out: pairs of which both are words of their own here (梁/樑, 才/纔, 參/蔘, 核/覈,
# 針/鍼).
_TAIWAN = (
    "吃喫 么幺 抬擡 稜棱 簷檐 洩泄 痺痹 痴癡 皂皁 著着 睪睾 灶竈 粽糉 韁繮 唇脣 踴踊 缽鉢 "
    "鯰鮎 麵麪 顎齶 潀潨"
)

# Names on rosters; each is a kSemanticVariant of the same Unihan file and looked up one by one.
_NAMES = "晉晋 昂昻 高髙 迪廸 荊荆 即卽 階堦 崑崐 凜凛"


def _usual_of() -> Mapping[int, str]:
    """Every spelling to the one that stands for all of its class in a key."""
    usual_of: dict[str, str] = {}

    def usual(letter: str) -> str:
        while letter in usual_of:
            letter = usual_of[letter]
        return letter

    for pairs, place in ((_MET, 1), (_UNIHAN_Z, 0), (_TAIWAN, 0), (_NAMES, 0)):
        for pair in pairs.split():
            kept, other = usual(pair[place]), usual(pair[1 - place])
            if kept != other:
                usual_of[other] = kept
    return MappingProxyType({ord(letter): usual(letter) for letter in usual_of})


VARIANTS: Mapping[int, str] = _usual_of()
"""For ``str.translate``: a spelling to the one used in keys, never to another spelling."""
