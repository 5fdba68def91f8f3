"""Annotators at work in Label Studio: what is sent to a server, and what comes back from it.

``connection`` and ``projects`` speak to a server that runs; everything else is data in, data out.
The SDK is an extra and slow to import, so it is imported where it is used.
"""
