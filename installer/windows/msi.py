"""The per-machine MSI, by wixl: into Program Files, for group policy and its like."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import quoteattr

from windows import msi_summary
from windows.product import (
    APP_ID,
    FOLDER,
    GUI_LAUNCHER,
    NAME,
    UPGRADE_CODE,
    VENDOR,
    BuildError,
    Product,
    stable_id,
)
from windows.tools import run

DATA_WORDS = "解除安裝不會刪除資料：資料在每位使用者的 %LOCALAPPDATA%\\Gongyu，或機關指定的資料夾。"
DOWNGRADE_WORDS = "這台電腦已經有較新版本的公餘，沒有變更任何檔案與資料。"
_UTF8 = 65001
_LANGUAGE = 1028  # Traditional Chinese, Taiwan
_NOT_NEWER = "NOT WIX_DOWNGRADE_DETECTED"
_MENU = "ProgramMenuFolder"


def source_text(product: Product, files: Iterable[str], *, content: str) -> str:
    """The MSI's description in WiX 3, the same text for the same files.

    In ASCII only: wixl loses or trips over anything else; `words_in_place` puts the Chinese in.

    Args:
        product: What is packed.
        files: Paths below the product's folder, with forward slashes.
        content: Digest of everything packed; two products of one version differ by it.
    """
    names = sorted(files)
    tree, components = _tree(names)
    product_code = stable_id("product", str(product.version), content)
    shortcuts = "".join(
        f"""
          <Shortcut Id="{key}" Name="{key}" Directory="{_MENU}"{more}
            Target="[INSTALLDIR]{GUI_LAUNCHER}" WorkingDirectory="INSTALLDIR"/>"""
        for key, more in (("Gongyu", ""), ("GongyuSelfTest", ' Arguments="self-test --show"'))
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="{product_code}" Name="{FOLDER}" Language="{_LANGUAGE}"
    Version="{product.version}" Manufacturer="{VENDOR}" UpgradeCode="{UPGRADE_CODE}">
    <Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine"
      Description="{FOLDER} {product.version}" Manufacturer="{VENDOR}"/>
    <MajorUpgrade DowngradeErrorMessage="Newer"/>
    <Media Id="1" Cabinet="files.cab" EmbedCab="yes"/>
    <Property Id="ARPCOMMENTS" Value="Data"/>
    <Property Id="ARPNOMODIFY" Value="1"/>
    <Property Id="ARPPRODUCTICON" Value="gongyu.ico"/>
    <Property Id="REINSTALLMODE" Value="amus"/>
    <Property Id="MSIFASTINSTALL" Value="1"/>
    <Icon Id="gongyu.ico" SourceFile="$(var.ICON)"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="{_MENU}"/>
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="INSTALLDIR" Name="{FOLDER}">
{tree}
          <Component Id="Menu" Guid="{stable_id("component", "menu")}" Win64="yes">{shortcuts}
            <RegistryValue Root="HKLM" Key="Software\\{FOLDER}" Name="InstallDir" Type="string"
              Value="[INSTALLDIR]" KeyPath="yes"/>
            <RegistryValue Root="HKLM" Key="Software\\{FOLDER}" Name="Version" Type="string"
              Value="{product.version}"/>
            <RegistryValue Root="HKLM" Key="Software\\{FOLDER}" Name="AppId" Type="string"
              Value="{APP_ID}"/>
          </Component>
        </Directory>
      </Directory>
    </Directory>
    <Feature Id="Whole" Title="{FOLDER}" Level="1" Absent="disallow">
      <ComponentRef Id="Menu"/>
{components}
    </Feature>
  </Product>
</Wix>
"""


def _tree(names: list[str]) -> tuple[str, str]:
    """The folders with a component a file, and the references to the components."""
    lines: list[str] = []
    references: list[str] = []
    folders: dict[PurePosixPath, list[PurePosixPath]] = {}
    subfolders: dict[PurePosixPath, set[PurePosixPath]] = {}
    for name in names:
        path = PurePosixPath(name)
        if not path.parent.as_posix().isascii():
            raise BuildError(f"資料夾名稱只能用英文字母與數字：{path.parent}")
        folders.setdefault(path.parent, []).append(path)
        for parent in path.parents:
            if parent != PurePosixPath("."):
                subfolders.setdefault(parent.parent, set()).add(parent)

    def lay(folder: PurePosixPath, depth: int) -> None:
        indent = "  " * (depth + 5)
        for path in folders.get(folder, []):
            key = _key(path.as_posix())
            lines.append(
                f'{indent}<Component Id="c{key}" Guid="{stable_id("component", path.as_posix())}" '
                f'Win64="yes"><File Id="f{key}" KeyPath="yes" Name={quoteattr(_alias(path))} '
                f"Source={quoteattr('$(var.SRC)/' + path.as_posix())}/></Component>"
            )
            references.append(f'      <ComponentRef Id="c{key}"/>')
        for child in sorted(subfolders.get(folder, set())):
            lines.append(
                f'{indent}<Directory Id="d{_key(child.as_posix())}" Name={quoteattr(child.name)}>'
            )
            lay(child, depth + 1)
            lines.append(f"{indent}</Directory>")

    lay(PurePosixPath("."), 0)
    return "\n".join(lines), "\n".join(references)


def _alias(path: PurePosixPath) -> str:
    """What a file is called inside the description: its name, or letters that stand for it."""
    return path.name if path.name.isascii() else f"n{_key(path.as_posix())}{path.suffix}"


def upgrade_table(product: Product) -> str:
    """Which installed versions are replaced, and which forbid this one; the MSI's own table.

    Another build of the same version is replaced too, where wixl's own table would lay the two side
    by side.
    """
    bring_over, inclusive, only_look = 1, 512, 2
    code = f"{{{UPGRADE_CODE}}}"
    rows = [
        "UpgradeCode\tVersionMin\tVersionMax\tLanguage\tAttributes\tRemove\tActionProperty",
        "s38\tS20\tS20\tS255\ti4\tS255\ts72",
        "Upgrade\tUpgradeCode\tVersionMin\tVersionMax\tLanguage\tAttributes",
        f"{code}\t\t{product.version}\t\t{bring_over + inclusive}\t\tWIX_UPGRADE_DETECTED",
        f"{code}\t{product.version}\t\t\t{only_look}\t\tWIX_DOWNGRADE_DETECTED",
    ]
    return "".join(f"{row}\r\n" for row in rows)


def words_in_place(files: Iterable[str]) -> list[str]:
    """The SQL that puts Chinese words and file names into a packed MSI."""
    words = [
        ("Property", "Value", "Property", "ProductName", NAME),
        ("Property", "Value", "Property", "ARPCOMMENTS", DATA_WORDS),
        ("LaunchCondition", "Description", "Condition", _NOT_NEWER, DOWNGRADE_WORDS),
        ("Shortcut", "Name", "Shortcut", "Gongyu", NAME),
        ("Shortcut", "Description", "Shortcut", "Gongyu", "公餘時間學習查核"),
        ("Shortcut", "Name", "Shortcut", "GongyuSelfTest", f"{NAME} 自我測試"),
        ("Shortcut", "Description", "Shortcut", "GongyuSelfTest", "檢查程式是否能正常運作"),
    ]
    for name in sorted(files):
        path = PurePosixPath(name)
        if not path.name.isascii():
            words.append(("File", "FileName", "File", f"f{_key(name)}", path.name))
    return [
        f"UPDATE `{table}` SET `{column}` = '{text}' WHERE `{key_column}` = '{key}'"
        for table, column, key_column, key, text in words
    ]


def _key(path: str) -> str:
    """A file's identifier inside the MSI: the same in every version."""
    return hashlib.sha256(path.encode()).hexdigest()[:24]


def build_msi(product: Product, stage: Path, digests: Mapping[str, str], target: Path) -> Path:
    """Packs the product's folder.

    Args:
        product: What is packed.
        stage: The product's folder; the description is written beside it.
        digests: SHA-256 by path below it.
        target: The MSI to write.
    """
    content = hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest()
    folder = stage.parent
    source = folder / f"{product.stem}.wxs"
    source.write_text(source_text(product, digests, content=content), encoding="utf-8")
    target.unlink(missing_ok=True)
    icon = folder / "launcher" / "gongyu.ico"
    os.utime(icon, (product.epoch, product.epoch))
    # wixl takes paths relative to the description only.
    run(
        [
            *("wixl", "-a", "x64", "-D", "Win64=yes", "-D", f"SRC={stage.name}"),
            *("-D", "ICON=launcher/gongyu.ico", "-o", target, source.name),
        ],
        folder=folder,
        environment={"SOURCE_DATE_EPOCH": str(product.epoch)},
    )
    tables = folder / "tables"
    tables.mkdir(exist_ok=True)
    codepage, upgrade = tables / "_ForceCodepage.idt", tables / "Upgrade.idt"
    codepage.write_bytes(f"\r\n\r\n{_UTF8}\t_ForceCodepage\r\n".encode("ascii"))
    upgrade.write_bytes(upgrade_table(product).encode("ascii"))
    queries = [part for query in words_in_place(digests) for part in ("-q", query)]
    run(
        ["msibuild", target, "-i", codepage, "-i", upgrade, *queries],
        environment={"LC_ALL": "C.UTF-8"},
    )
    msi_summary.settle(
        target,
        package_code=stable_id("package", str(product.version), content),
        epoch=product.epoch,
        language=_LANGUAGE,
    )
    return target
