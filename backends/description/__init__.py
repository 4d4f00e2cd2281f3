"""Descriptions of a program's interface and metadata: JSON and XML, as Faust writes them."""
