"""Introductions (对接): from proposed through whatever the buyer needs to a contract and what came of it."""
