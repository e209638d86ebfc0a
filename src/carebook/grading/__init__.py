"""Everything that marks: so far, two markers on the same scripts."""
