"""How rows become facts, one subject a module. Ask through `ledger.queries`."""
