"""WordPress, on its own site or one of many on a host, through its REST interface."""
