"""Records of notes: sections, labelled lines and rows of tables, and the answers they give."""
