"""What two apps or more need: public ids, languages, folding, errors, paging, tables."""
