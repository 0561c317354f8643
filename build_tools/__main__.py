from build_tools.cli import main

main(prog_name="python -m build_tools")
