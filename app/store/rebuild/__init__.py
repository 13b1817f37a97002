"""What makes the whole collection anew: the entities of all names, the stories of all articles."""
