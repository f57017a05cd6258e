"""Pictures drawn by us from a seed: faces for members, and things on a workbench before and after their repair."""
