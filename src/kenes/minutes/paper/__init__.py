"""The minutes as a paper: blocks in one language, which the page, DOCX and PDF all draw."""
