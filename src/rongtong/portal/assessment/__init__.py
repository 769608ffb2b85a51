"""Assessment: who qualifies, who does not, who is undetermined and for want of what; one firm clause by clause."""
