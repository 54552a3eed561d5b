"""The application: wiring, errors to HTTP, pages."""
