"""Reports: pages and tables from scored posts."""
