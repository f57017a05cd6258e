"""The social wing: broadcast on other people's ground. A folder, nothing more: networks, publish, listen."""
