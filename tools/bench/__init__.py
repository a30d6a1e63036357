"""How fast Một Cửa is: `make bench`. Prints a table and writes var/bench.json; asserts nothing."""
