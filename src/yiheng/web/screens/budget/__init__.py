"""The project library and the drafting of the budget (项目库与预算编制)."""
