"""Charts as files of their own: SVG that any viewer opens, in light colours, asking for nothing."""
