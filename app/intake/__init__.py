"""From what comes in (text, HTML, a URL, a feed, a file) to a clean, identified document."""
