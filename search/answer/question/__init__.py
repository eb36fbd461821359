"""What is asked: intent, sub-questions, period, entities, versions."""
