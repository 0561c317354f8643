"""Speed and size of this commit beside those of an older one, in one run.

Machines are shared and noisy, ratios less so; where a reader is promised a number, the number is what counts, with the
older commit's beside it.

    __main__ ── runner ──▶ one_measure ──▶ one module for each measure ──▶ rows
                  │                        check_and_write  many_trees  sites  site_build
                  │                        page_weight  first_question  shared_link
                  │                        step_time  python_ready  runtime_boot
               sides: this commit and the base, each with its own folder, package and built site

Each measure runs in a process of its own with its own limit in seconds: one that hangs costs its limit and no more.
Nothing here imports the package that it measures: `worker` does, in a process that sees one side only.
"""
