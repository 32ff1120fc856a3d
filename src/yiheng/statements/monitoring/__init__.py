"""Monitoring papers (绩效运行监控): watched lines in; tables, report and charts out. Nothing is judged here."""

from yiheng.statements.monitoring.form import TYPE, validate
from yiheng.statements.monitoring.paper import MonitoringPaper, monitoring_paper

__all__ = ["TYPE", "MonitoringPaper", "monitoring_paper", "validate"]
