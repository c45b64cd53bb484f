"""Django's SQLite backend whose writers pass one fair lane."""
