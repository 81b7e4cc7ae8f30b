"""The clerk's acts: one public function each; every writer returns a ``ChangeSet``."""
