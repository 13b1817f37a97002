"""Agents: the Model Context Protocol over standard input and HTTP, on the services of the API."""
