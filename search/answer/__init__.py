"""An answer built of exact quotes: plain, a comparison, a list from properties, or none."""
