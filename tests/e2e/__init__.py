"""The whole forum as its users meet it: real processes, a real browser, a camera that films the badge as printed."""
