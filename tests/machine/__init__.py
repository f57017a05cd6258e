"""Long random walks through what people and spaces may go through, held against a small reference of decision 4."""
