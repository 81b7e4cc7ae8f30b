"""A PDF written page by page to a file, for archives (PDF/A-2b) and for readers aloud.

reportlab keeps every page until the end. Here a page is written as soon as it is drawn and
forgotten, so that a batch of thousands needs no more memory than one. The file names its colours
(sRGB), carries its data as XMP and marks which words are titles.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from forms.document import Metadata
from forms.srgb import profile

PRODUCER = "Gongyu, ReportLab"
CREATOR = "公餘 Gongyu"
VERSION = b"%PDF-1.7\n%\xe5\x85\xac\xe9\xa4\x98\n"
"""The comment of four and more high bytes tells programs that the file is binary."""


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object whose text we write; None while it is not known yet."""

    __RefOnly__ = 1

    def __init__(self, data: bytes | None = None) -> None:
        self.data = data

    def format(self, document: object) -> bytes:
        if self.data is None:
            raise ValueError("an object of the file was never written")
        return self.data


class PdfFile:
    """Takes the pages of a reportlab canvas one after the other and writes them out."""

    def __init__(self, canvas: Any, file: BinaryIO, metadata: Metadata) -> None:
        """Start the file.

        Args:
            canvas: reportlab's canvas; nothing drawn on it yet, never saved by itself.
            file: Opened for writing; need not be seekable.
            metadata: Of the whole file.
        """
        self._canvas = canvas
        self._document: Any = canvas._doc
        self._file = file
        self._metadata = metadata
        self._offset = 0
        self._offsets: dict[int, int] = {}
        self._next = 1
        self._page_tags: list[str] = []
        self._parts: list[int] = []
        self._kids: list[int] = []
        self._root, self._top = self._new(), self._new()
        self._part: _Raw | None = None
        self._write(VERSION)

    # --------------------------------------------------------------------------------- what is in

    def begin_document(self) -> None:
        """Begin a document of the file: its titles and words become one part."""
        self._end_document()
        self._part = self._new()

    def end_page(self, tags: Sequence[str]) -> None:
        """Close the canvas' page, write it and forget it.

        Args:
            tags: What each marked piece of the page is, such as ``H1`` and ``P``, in the order of
                their numbers.
        """
        self._canvas.showPage()
        pages = self._document.Pages.pages
        page = pages[-1]
        page.Contents = pdfdoc.PDFStream(content=page.stream, filters=[pdfdoc.PDFZCompress])
        page.stream = None
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._page_tags)
        page.Tabs = "/S"
        page.Trans = None
        reference = self._document.Reference(page)
        self._tag(self._number(reference), tags)
        self._flush(page)
        pages[-1] = reference

    def close(self) -> None:
        """Write fonts, outline, data and the table of places."""
        self._end_document()
        document = self._document
        for font in document.delayedFonts:
            font.addObjects(document)
        document.info.producer = PRODUCER
        document.info.keywords = self._metadata.title
        document.info.invariant = document.invariant
        document.info.digest(document.signature)
        document.encrypt.prepare(document)
        self._finish_tags()
        self._finish_catalog()
        catalog, info = document.Reference(document.Catalog), document.Reference(document.info)
        document.Outlines.prepare(document, self._canvas)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        while self._pending():
            self._flush_all()
        self._finish(catalog, info)

    # ------------------------------------------------------------------------------------ objects

    def _new(self, data: bytes | None = None) -> _Raw:
        made = _Raw(data)
        self._document.Reference(made)
        return made

    def _number(self, thing: Any) -> int:
        reference = self._document.Reference(thing)
        number: int = self._document.idToObjectNumberAndVersion[reference.name][0]
        return number

    def _refer(self, thing: Any) -> str:
        return f"{self._number(thing)} 0 R"

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._offset += len(data)

    def _write_object(self, number: int) -> None:
        document = self._document
        name = document.numberToId[number]
        data = pdfdoc.PDFIndirectObject(name, document.idToObject[name]).format(document)
        end = b"endstream\nendobj\n"
        if data.endswith(end) and not data.endswith(b"\n" + end):
            # The length does not count this line feed; archives ask for it.
            data = data[: -len(end)] + b"\n" + end
        self._offsets[number] = self._offset
        self._write(data)
        document.idToObject[name] = None

    def _flush(self, page: Any) -> None:
        """Write a page, its content and whatever is finished; leave what may still change."""
        self._write_object(self._number(page))
        self._write_object(self._number(page.Contents))
        document = self._document
        for number in range(self._next, document.objectcounter + 1):
            if number in self._offsets:
                continue
            found = document.idToObject[document.numberToId[number]]
            if isinstance(found, _Raw) and found.data is not None:
                self._write_object(number)
        while self._next in self._offsets:
            self._next += 1

    def _pending(self) -> list[int]:
        last = self._document.objectcounter
        return [n for n in range(1, last + 1) if n not in self._offsets]

    def _flush_all(self) -> None:
        # Writing one object may bring up others.
        for number in self._pending():
            self._write_object(number)

    # --------------------------------------------------------------------------------------- tags

    def _tag(self, page: int, tags: Sequence[str]) -> None:
        elements = []
        if self._part is None:
            self._part = self._new()
        part = self._refer(self._part)
        for number, tag in enumerate(tags):
            words = f"<< /Type /StructElem /S /{tag} /P {part} /Pg {page} 0 R /K {number} >>"
            element = self._new(words.encode())
            elements.append(self._number(element))
        self._kids += elements
        self._page_tags.append(" ".join(f"{number} 0 R" for number in elements))

    def _end_document(self) -> None:
        if self._part is None:
            return
        kids = " ".join(f"{number} 0 R" for number in self._kids)
        top = self._refer(self._top)
        self._part.data = f"<< /Type /StructElem /S /Part /P {top} /K [ {kids} ] >>".encode()
        self._parts.append(self._number(self._part))
        self._part, self._kids = None, []

    def _finish_tags(self) -> None:
        parts = "\n".join(f"{number} 0 R" for number in self._parts)
        root = self._refer(self._root)
        self._top.data = f"<< /Type /StructElem /S /Document /P {root} /K [ {parts} ] >>".encode()
        places = "\n".join(f"{page} [ {kids} ]" for page, kids in enumerate(self._page_tags))
        tree = self._new(f"<< /Nums [ {places} ] >>".encode())
        self._root.data = (
            f"<< /Type /StructTreeRoot /K {self._refer(self._top)} "
            f"/ParentTree {self._refer(tree)} /ParentTreeNextKey {len(self._page_tags)} >>"
        ).encode()

    # ------------------------------------------------------------------------------ data and end

    def _finish_catalog(self) -> None:
        catalog = self._document.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.Metadata = self._new(_stream(self._xmp().encode(), "/Type /Metadata /Subtype /XML"))
        catalog.StructTreeRoot = self._root
        catalog.MarkInfo = self._new(b"<< /Marked true >>")
        catalog.ViewerPreferences = self._new(b"<< /DisplayDocTitle true >>")
        colours = pdfdoc.PDFStream(
            dictionary=pdfdoc.PDFDictionary({"N": 3}),
            content=profile(),
            filters=[pdfdoc.PDFZCompress],
        )
        name = "(sRGB IEC61966-2.1)"
        intent = self._new(
            (
                f"<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier {name} "
                f"/Info {name} /DestOutputProfile {self._refer(colours)} >>"
            ).encode()
        )
        catalog.OutputIntents = pdfdoc.PDFArray([self._document.Reference(intent)])

    def _xmp(self) -> str:
        metadata = self._metadata
        title, author = escape(metadata.title), escape(metadata.author)
        subject = escape(metadata.issue.number or metadata.title)
        time = _iso(metadata.issue.issued_at)
        return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<xmp:CreateDate>{time}</xmp:CreateDate>
<xmp:ModifyDate>{time}</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer>
<pdf:Keywords>{title}</pdf:Keywords>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

    def _finish(self, catalog: Any, info: Any) -> None:
        last = self._document.objectcounter
        start = self._offset
        self._write(f"xref\n0 {last + 1}\n0000000000 65535 f \n".encode())
        for number in range(1, last + 1):
            self._write(f"{self._offsets[number]:010d} 00000 n \n".encode())
        identity = self._document.signature.hexdigest()
        self._write(
            (
                f"trailer\n<< /Size {last + 1} /Root {self._refer(catalog)} "
                f"/Info {self._refer(info)} /ID [ <{identity}> <{identity}> ] >>\n"
                f"startxref\n{start}\n%%EOF\n"
            ).encode()
        )


def _stream(content: bytes, entries: str) -> bytes:
    head = f"<< {entries} /Length {len(content)} >>\nstream\n".encode()
    return head + content + b"\nendstream\n"


def _iso(moment: datetime.datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}+08:00"
