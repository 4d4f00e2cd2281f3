"""The package of dspc's tutorial."""
