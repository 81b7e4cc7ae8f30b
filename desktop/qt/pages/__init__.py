"""The pages of the main window, none knowing another."""
