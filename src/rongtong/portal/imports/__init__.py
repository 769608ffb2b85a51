"""Imports: upload → columns matched → problems with mends → confirm → result; undone in one step.

The upload is read in the background and read again on import by the same function, so that the wizard and the command
line agree cell for cell; what is shown in between is the account of that reading, kept beside the upload.
"""
