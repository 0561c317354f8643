"""Decision trees in YAML → a static site, and a small engine for the reader's browser.

    trees/*.yml ─ parse ─▶ syntax ─ resolve ─▶ project ─ unfold ─▶ states ─ compile ─▶ compiled trees
                                                                                             │
                              site ◀─ write ─ fit to publish ◀─ verify ──────────────────────┤
                                                                                             │
                                                     engine: the same code in the browser ◀──┘

`pipeline` runs the passes in this order. Each returns `(result, diagnostics)` and reports all it finds; the next never
sees broken input. No module imports a later pass, nor `pipeline`; only the shells (`cli`, `plugin`) do.

    diagnostics   what an author is told: values, and their text for terminals, programs and pages
    memo          what was made last time, as long as it is made from the very same things
    engine        walks, dates, citations, letters: ships to the browser, standard library only
    parse         YAML text → syntax, every node with its place
    resolve       syntax → a project: trees and library, every name bound
    unfold        a tree → every state that a reader can be in, guards decided, bands merged
    compile       states → the compiled tree, the contract that all after it read; and the calendar
    verify        is it fit to publish? one property a file
    write         compiled trees → pages, pictures, data, and the browser's Python
    changes       what an edit of the trees or of the law means for readers
    new           what a tree or a statute begins with
    web           the widget: scripts, styles, worker
    cli, plugin   the shells: the command line, and MkDocs
    site_settings, site_needs     what the shells read in mkdocs.yml, and what the pages need there
    site_policy                   what browsers may run of the finished site

What always holds, each by a test:

1. `engine` never sees YAML, a source position, a clock, a file or a browser; `today` is an argument.
2. A page says everything without a script.
3. The same answers on the same day give the same result at build, in the terminal, in the browser, in a letter, in a
   calendar file and on the scriptless page: which day stands large, and in which words, is decided in the engine alone.
4. Nothing is written while any error stands.
5. No statement of law without an article that the library holds as in force on the tree's `as_of` day.
6. The site asks no other origin for anything, and nothing a reader enters leaves the device.
7. Same input, same bytes out.
8. What a reader has told once is never asked again, on any way through any trees.
"""
