"""Evidence in: one small class per kind of printout or sheet; an importer never judges."""
