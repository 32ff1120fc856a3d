"""The workbench (工作台): what waits for me, and how my units stand."""
