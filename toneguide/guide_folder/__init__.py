"""The guide folder: what the company decided, in files small enough to review."""

from toneguide.guide_folder.folder import Decided, read_changes, read_folder, write_folder

__all__ = ["Decided", "read_changes", "read_folder", "write_folder"]
