"""Background jobs (后台作业): my jobs, their progress, cancelling, agreeing, and what came of them."""
