"""Pages of the desk. Each names its policy by `access`; each act is one call of a service."""
