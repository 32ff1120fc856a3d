"""绩效: objectives and indicators, targets, monitoring, score sheets, the whole department, what-if, surveys."""
