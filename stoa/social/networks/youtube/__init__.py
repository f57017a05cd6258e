"""YouTube: one channel, through Google's interface or by hand. What is published there is a video."""
