"""Monitoring papers (绩效运行监控): watched lines in; tables, report and charts out. Nothing is judged here."""
