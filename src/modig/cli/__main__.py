import sys

from modig.cli import main

sys.exit(main())
