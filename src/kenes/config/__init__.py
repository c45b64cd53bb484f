"""Settings, URLs, the server: the only place that knows every app; nobody imports it."""
