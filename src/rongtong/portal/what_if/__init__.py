"""What if (问一问): who is one step short, what if a bound were another, what differs between editions, in firms."""
