from __future__ import annotations

from dspc.cli import main

if __name__ == "__main__":
    main()
