"""`python -m crowddesk`: the command line."""

from crowddesk.cli import main

if __name__ == "__main__":
    main()
