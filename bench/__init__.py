"""The figures: `python -m bench` measures them into build/bench/NAME.json. Benchmarks report; tests do not time."""
