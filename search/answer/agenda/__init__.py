"""Answers that days and tasks give: what was noted of a period, what is done and what is not."""
