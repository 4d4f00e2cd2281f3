"""What a program is to its hosts, apart from its sound: its interface and metadata as text."""
