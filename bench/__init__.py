"""Speed and size of this commit beside those of an older one, in one run.

Machines are shared and noisy, ratios less so.

    __main__ ── runner ──▶ one_measure ──▶ one module for each measure ──▶ rows
                  │                        check_and_write  many_trees  site_build
                  │                        step_time  runtime_boot  page_weight
               sides: this commit and the base, each with its own folder, package and built site

Each measure runs in a process of its own with its own limit in seconds: one that hangs costs its limit and no more.
Nothing here imports the package that it measures: `worker` does, in a process that sees one side only.
"""
