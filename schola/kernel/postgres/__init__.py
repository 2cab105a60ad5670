"""PostgreSQL as Django drives it, told on each connection whose rows it may show."""
