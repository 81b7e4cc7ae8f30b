"""One public function for each act of the clerk."""
