"""The per-machine MSI, by wixl: into Program Files, for group policy and its like."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import quoteattr

from windows import compound
from windows.product import (
    APP_ID,
    FOLDER,
    GUI_LAUNCHER,
    NAME,
    UPGRADE_CODE,
    VENDOR,
    Product,
    stable_id,
)
from windows.tools import run

DATA_WORDS = "解除安裝不會刪除資料：資料在每位使用者的 %LOCALAPPDATA%\\Gongyu，或機關指定的資料夾。"
DOWNGRADE_WORDS = "這台電腦已經有較新版本的公餘，沒有變更任何檔案與資料。"
_MENU = "ProgramMenuFolder"


def source_text(product: Product, files: Iterable[str], *, content: str) -> str:
    """The MSI's description in WiX 3, the same text for the same files.

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
          <Shortcut Id={quoteattr(f"Shortcut{number}")} Name={quoteattr(title)} Directory="{_MENU}"
            Target="[INSTALLDIR]{GUI_LAUNCHER}" WorkingDirectory="INSTALLDIR"{more}
            Description={quoteattr(words)}/>"""
        for number, (title, words, more) in enumerate(
            (
                (NAME, "公餘時間學習查核", ""),
                (f"{NAME} 自我測試", "檢查程式是否能正常運作", ' Arguments="self-test --show"'),
            )
        )
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="{product_code}" Name="{NAME}" Language="1028" Codepage="65001"
    Version="{product.version}" Manufacturer="{VENDOR}" UpgradeCode="{UPGRADE_CODE}">
    <Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine"
      InstallPrivileges="elevated" SummaryCodepage="65001" Description="{NAME} {product.version}"
      Manufacturer="{VENDOR}"/>
    <MajorUpgrade Schedule="afterInstallInitialize" DowngradeErrorMessage={quoteattr(DOWNGRADE_WORDS)}/>
    <Media Id="1" Cabinet="files.cab" EmbedCab="yes"/>
    <Property Id="ARPCOMMENTS" Value={quoteattr(DATA_WORDS)}/>
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
    <Feature Id="Whole" Title="{NAME}" Level="1" Absent="disallow">
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
                f'Win64="yes"><File Id="f{key}" KeyPath="yes" Name={quoteattr(path.name)} '
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


def _key(path: str) -> str:
    """A file's identifier inside the MSI: the same in every version."""
    return hashlib.sha256(path.encode()).hexdigest()[:24]


def build_msi(
    product: Product, stage: Path, digests: Mapping[str, str], target: Path, scratch: Path
) -> Path:
    """Packs the product's folder.

    Args:
        product: What is packed.
        stage: The product's folder.
        digests: SHA-256 by path below it.
        target: The MSI to write.
        scratch: Folder for what is made on the way.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    content = hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest()
    source = scratch / f"{product.stem}.wxs"
    source.write_text(source_text(product, digests, content=content), encoding="utf-8")
    target.unlink(missing_ok=True)
    icon = stage.parent / "launcher" / "gongyu.ico"
    os.utime(icon, (product.epoch, product.epoch))
    run(
        [
            *("wixl", "-a", "x64", "-D", "Win64=yes", "-D", f"SRC={stage}", "-D", f"ICON={icon}"),
            *("-o", target, source),
        ],
        environment={"SOURCE_DATE_EPOCH": str(product.epoch)},
    )
    compound.settle(
        target,
        package_code=stable_id("package", str(product.version), content),
        epoch=product.epoch,
    )
    return target
