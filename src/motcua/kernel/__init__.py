"""Words every app shares: actors, money, periods, time limits, codes and refusals. Pure Python."""
