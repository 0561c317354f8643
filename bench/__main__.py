"""Print each measure as a ratio against a base of the same run: machines are shared and noisy, ratios less so."""

from bench import compile_time, runtime_boot, scale, step_time


def main() -> None:
    print(f"{'ratio':>7}  {'aim':>5}  what")
    for measure in (compile_time, scale, step_time, runtime_boot):
        for name, value, aim in measure.run():
            print(f"{value:7.2f}  ≤{aim:4.2f}  {name}{'' if value <= aim else '   ← over'}", flush=True)


main()
