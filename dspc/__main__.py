from __future__ import annotations

from dspc.start import main

if __name__ == "__main__":
    main()
