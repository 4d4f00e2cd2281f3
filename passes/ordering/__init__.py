"""What `dsp-order-sums` stands on: how long feedback takes, and sums in another order."""
