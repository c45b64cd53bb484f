"""Region > district > rural district > settlement, by KATO code with validity."""
