"""How days and longer times are written, and which days they mean."""
