"""Decision trees in YAML → a static site, and a small engine for the reader's browser.

    trees/*.yml ── parse ──▶ syntax ── resolve ──▶ project ── unfold ──▶ states ── verify ──▶ fit to publish ── write ──▶ pages, data, runtime
                                                                            │
                                          engine  ◀── compiled JSON ────────┘   (the same code at build time and in the browser)

Folders are passes and their alphabetical order is the order of the pipeline. Each returns `(result, diagnostics)`, reports all
it finds, and the next never sees broken input. Beside them stand `changes` (what an edit of the trees, or of the law,
means for readers), `new` (what a tree begins with) and `cli`. What always holds, each by a test:

1. `engine` never sees YAML, a source position, a clock, a file or a browser; `today` is an argument.
2. A page says everything without a script.
3. The same answers on the same day give the same result at build, in the browser and on the scriptless page.
4. Nothing is written while any error stands.
5. No statement of law without an article that the library holds as in force on the tree's `as_of` day.
6. The site asks no other origin for anything, and nothing a reader enters leaves the device.
7. Same input, same bytes out.
"""
