"""One file for each change of the schema, frozen once it is released; run by ``migrating``."""
