"""From ranked passages to a short answer made of exact quotes."""
