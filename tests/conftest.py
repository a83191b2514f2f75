"""What every test may count on."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

# A test run in a shell's background inherits an ignored Ctrl-C and hands it on to the programs it starts, which then
# could not be interrupted: the tests about Ctrl-C need it as a person at a terminal has it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A submission is judged by the same examples each time; whoever runs the tests at home looks for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
