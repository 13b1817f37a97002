"""What an analyst would write of a comparison in five minutes, from its sections alone."""
