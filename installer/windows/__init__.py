"""The Windows product: assembled, packed and tried from Debian."""
