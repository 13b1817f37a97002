"""From mentions to entities, within an article and across all of them."""
