"""Tables and lists as models, tested without a view."""
