"""Forms of the desk: what officers type, checked before a service is asked."""
