"""Needs and offers (供需发布): guided posting, a public and a private half, confirmation, review, two halls."""
