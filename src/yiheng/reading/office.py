"""Office packages (DOCX, XLSX), opened so that a hostile one cannot take the machine: what is inside is asked first."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from lxml import etree

from yiheng.reading.problems import cannot_open, unreadable

_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_LARGEST_PART: Final = 2**28
_LARGEST_PACKAGE: Final = 2**29
"""Bytes unpacked. A published document of a thousand pages has some twenty million."""


def open_package(path: Path, inside: str, expected: str) -> zipfile.ZipFile:
    """The archive of an Office file that holds the part `inside`. Raises `Unreadable` with the reason in Chinese."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
            if start == _OLE2:
                encrypted = _ENCRYPTED_STREAM in file.read()
                reason = (
                    "文件设了打开密码"
                    if encrypted
                    else f"这是旧格式的文件（.doc、.xls 或 .wps），不是 {expected}"
                )
                raise unreadable(path.name, "不能读取", reason, f"请打开后另存为不加密的 {expected}")
    except OSError as error:
        raise cannot_open(path.name, error) from error
    if not start:
        raise unreadable(path.name, "文件是空的", "文件没有任何内容", "请重新导出或复制该文件")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise unreadable(
            path.name, "文件已损坏", f"不是完整的 {expected} 文件", "请重新下载，或打开后另存"
        ) from error
    _require_sound(path, archive, inside, expected)
    return archive


def _require_sound(path: Path, archive: zipfile.ZipFile, inside: str, expected: str) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise unreadable(path.name, "不能读取", "压缩包设了密码", f"请打开后另存为不加密的 {expected}")
    if any(part.file_size > _LARGEST_PART for part in parts) or (
        sum(part.file_size for part in parts) > _LARGEST_PACKAGE
    ):
        raise unreadable(path.name, "文件过大", "解压后超过可读的大小", "请核对文件来源，或拆成几个文件")
    if inside not in {part.filename for part in parts}:
        raise unreadable(path.name, "扩展名不符", f"文件内容不是 {expected}", "请核对文件的真实格式后另存")


def part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """An XML part of the package. Entities are never expanded and nothing is fetched. Raises `Unreadable`."""
    file = Path(archive.filename or "").name
    try:
        # The size in the directory may lie; reading stops where it says.
        with archive.open(name) as stream:
            content = stream.read(_LARGEST_PART + 1)
        if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
            raise unreadable(file, "文件可疑", f"{name} 声明了实体", "请核对文件来源，打开后另存")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(content, parser)
    except (
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
        KeyError,
        OSError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise unreadable(
            file, "文件已损坏", f"{name} 不能读取（{error}）", "请打开后另存，或重新下载"
        ) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise unreadable(file, "文件已损坏", f"{name} 解压失败", "请重新下载该文件") from error
        raise
