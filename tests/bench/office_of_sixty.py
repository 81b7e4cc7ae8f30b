"""Sixty invented people with all 23 courses, their printouts as two-page PDFs."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from desktop.domain.plan import Plan
from forms.fonts import FontChain

PEOPLE = 60
TENS, ONES = "金木水火土石", "甲乙丙丁戊己庚辛壬癸"
HEADINGS = (
    *("No.", "課程類型", "課程名稱", "上課期間", "閱讀時數", "測驗", "問卷", "通過條件"),
    *("通過狀態", "認證時數", "終身學習時數上傳狀態", "終身學習時數上傳時間"),
)
WIDTHS = (20, 36, 105, 78, 42, 28, 28, 78, 34, 30, 40, 58)
AGENCY = """
[agency]
name = "高雄市政府測試處"
city = "高雄市"
[[work_pattern]]
code = "A"
name = "標準班"
weekdays = [1, 2, 3, 4, 5]
segments = [["08:00", "12:00"], ["13:30", "17:30"]]
"""


def write_office(folder: Path, plan: Plan, chain: FontChain) -> Path:
    """Roster, settings and printouts of the office; returns its folder."""
    rng = random.Random(20250101)
    records = folder / "records"
    records.mkdir(parents=True)
    (folder / "agency.toml").write_text(AGENCY, encoding="utf-8")
    lines = ["人員代號,姓名,服務單位,職稱,官職等,人員類別,班別"]
    for number in range(PEOPLE):
        employee_id, name = f"P{number:04d}", "測" + TENS[number // 10] + ONES[number % 10]
        unit = ("民政課", "社會課", "經建課", "秘書室")[number % 4]
        lines.append(f"{employee_id},{name},{unit},課員,薦任第6職等,編制內公務人員,A")
        content = printout(name, plan, chain, rng)
        (records / f"{employee_id}_{name}.pdf").write_bytes(content)
    (folder / "roster.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def printout(name: str, plan: Plan, chain: FontChain, rng: random.Random) -> bytes:
    """One person's 學習紀錄 as a ruled table over two pages."""
    chain.runs(name)
    style = ParagraphStyle("cell", fontName=chain.first, fontSize=7, leading=9, wordWrap="CJK")

    def cell(text: str) -> Paragraph:
        return Paragraph(text, style)

    rows = [[cell(heading) for heading in HEADINGS]]
    courses = [course for course_set in plan.sets for course in course_set.courses]
    days = rng.sample(range(220), len(courses))
    for number, course in enumerate(courses, start=1):
        day = datetime(2025, 1, 4) + timedelta(days=days[number - 1])
        start = day.replace(hour=18, minute=rng.randrange(60), second=rng.randrange(60))
        hours = float(course.hours)
        end = start + timedelta(hours=hours, minutes=rng.randrange(1, 30))
        texts = [
            str(number),
            "開放式",
            f"{course.name} (PKCG1141{number:05d})",
            f"{start:%Y-%m-%d %H:%M:%S}~ {end:%Y-%m-%d %H:%M:%S}",
            "00:45:00",
            "100",
            "已填",
            "課程測驗：75 分(含)以上 需填問卷：是",
            "已通過",
            f"{hours:.1f}",
            "成功",
            f"{end + timedelta(days=1):%Y-%m-%d} 12:00:00",
        ]
        rows.append([cell(text) for text in texts])
    table = Table(rows, colWidths=WIDTHS, repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey)])
    buffer = BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, leftMargin=5, rightMargin=5, invariant=1).build(
        [cell(f"姓名：{name}"), table]
    )
    return buffer.getvalue()
