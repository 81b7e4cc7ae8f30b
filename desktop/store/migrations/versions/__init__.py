"""The changes of the schema, in the order their ``down_revision`` gives."""
