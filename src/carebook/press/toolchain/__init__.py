"""Node, front-end parts and a browser, found or fetched without root."""
