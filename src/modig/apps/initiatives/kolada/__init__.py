"""National indicators as Kolada publishes them, read from files: never fetched by the product itself."""
