"""Read any archive as posts, write scored ones."""

from __future__ import annotations

from toneguide.posts.read import open_posts
from toneguide.posts.record import Post, Posts
from toneguide.posts.write import Writer, merge_row, open_writer, output_columns, renamed_columns, write_stream

__all__ = ["Post", "Posts", "Writer", "merge_row", "open_posts", "open_writer", "output_columns", "renamed_columns", "write_stream"]
