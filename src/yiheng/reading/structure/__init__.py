"""Raw lines and grids of any format → `facts.document.ReadDocument` (结构识别)."""

from yiheng.reading.structure.assemble import structure

__all__ = ["structure"]
