"""Make the made files inside an image, where the browser packages are already in node_modules/ and no npm is at hand."""

from forum.runtime import assets, catalogues
from forum.runtime.environment import offline_environment


def main() -> None:
    assets.copy_files()
    catalogues.compile_changed()
    assets.collect(say=print, env=offline_environment(mode="production"))


if __name__ == "__main__":
    main()
