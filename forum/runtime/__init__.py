"""What `./run` starts, builds and checks. The apps never import it; it reaches them by command line and HTTP."""
