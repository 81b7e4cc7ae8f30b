"""The window: everything that knows Qt."""

from desktop.qt.immortals import keep_singletons

# Before the first Qt call of the program or of a test.
keep_singletons()
