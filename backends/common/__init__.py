"""What every printer of lowered modules reads and every instance of one needs."""
