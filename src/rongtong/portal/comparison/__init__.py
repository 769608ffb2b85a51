"""Comparison (名单比对): any list of names or codes, compared with the registry and given back filled."""
