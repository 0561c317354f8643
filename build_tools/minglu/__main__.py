from minglu.cli import main

main(prog_name="python -m minglu")
