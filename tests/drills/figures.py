"""What a drill has measured, shown under the results."""

figures: list[str] = []


def tell(what: str, value: float, *, unit: str = " s") -> None:
    """Keep one figure for the summary."""
    figures.append(f"{what}: {value:.1f}{unit}" if unit else f"{what}: {value:.0f}")
