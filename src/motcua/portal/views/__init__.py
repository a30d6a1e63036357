"""Pages of the portal, one module for each matter a citizen comes with."""
