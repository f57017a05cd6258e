"""The community wing: conversation on our own ground. A folder and nothing more; its rooms are talk and gather."""
