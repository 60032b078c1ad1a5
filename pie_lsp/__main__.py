"""Entry point of ``pie-lsp`` and of ``python -m pie_lsp``; knows only the command line."""

import sys


def main() -> int:
    """Run the command line of this process. Returns the exit status."""
    try:
        from pie_lsp.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
