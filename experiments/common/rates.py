"""The best of several learning rates, none of them at the end of what was tried."""


def best(error, rates, more=4):
    """The rate with the lowest error.

    Parameters
    ----------
    error : callable
        Takes a rate, returns an error on validation data: a number, or a tuple for ties.
    rates : sequence of float
        At least three rates, ascending by a constant factor.
    more : int, default 4
        How many more rates may be tried where the best one is the first or the last.

    Returns
    -------
    float

    Raises
    ------
    RuntimeError
        If the best is still at an end.
    """
    errors = {rate: error(rate) for rate in rates}
    factor = rates[1] / rates[0]
    for _ in range(more + 1):
        tried = sorted(errors)
        found = min(tried, key=errors.get)
        print({f"{rate:.3g}": errors[rate] for rate in tried}, flush=True)
        if tried[0] < found < tried[-1]:
            return found
        further = found / factor if found == tried[0] else found * factor
        errors[further] = error(further)
    raise RuntimeError(f"the best rate, {found:.3g}, is still at an end of those tried")
