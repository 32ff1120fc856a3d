"""PDF files: characters and rules from PDFium, geometry our own (PDF 读取)."""

from yiheng.reading.pdf.document import read_pdf, read_pdf_papers

__all__ = ["read_pdf", "read_pdf_papers"]
