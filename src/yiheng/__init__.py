"""Yiheng (医衡): a medical-security bureau's ledger into everything that it must publish and answer for."""

__version__ = "0.1.0"
