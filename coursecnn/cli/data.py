"""`coursecnn data`: which sets there are, where they come from, what of them is here."""

import click


@click.group("data", invoke_without_command=True)
@click.pass_context
def command(ctx):
    """List the data sets; fetch one, show its card, or empty the cache folder."""
    if ctx.invoked_subcommand is None:
        click.echo(_table())


def _table():
    """One line per set, and one on the cache folder."""
    from coursecnn.data import CARDS, cache
    from coursecnn.data.catalogue import holding

    rows = [(card.name, _where(card, holding(card)), card.what) for card in CARDS.values()]
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:2]]
    lines = [f"{name:<{widths[0]}}  {where:<{widths[1]}}  {what}" for name, where, what in rows]
    total = sum(holding(card).cached for card in CARDS.values())
    lines += ["", f"The cache folder {cache.folder()} holds {_size(total)} of them."]
    return "\n".join(lines)


def _where(card, held):
    """Where one gets a set, and what of it lies in the cache."""
    words = {
        "bundled": f"bundled ({_size(held.bundled)})",
        "drawn": "drawn on demand",
        "download": "" if held.cached else "not here: fetch it",
    }
    cached = f"cached ({_size(held.cached)})" if held.cached else ""
    return ", ".join(filter(None, [words[card.where], cached]))


def _size(count):
    """Bytes as people read them."""
    for unit in ("bytes", "kB", "MB"):
        if count < 999.5:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} GB"


def _set_named(ctx, param, name):
    """The card of the set that was named."""
    from coursecnn.data import CARDS

    if name is not None and name not in CARDS:
        raise click.BadParameter(f"{name!r} is not one of {', '.join(CARDS)}")
    return CARDS.get(name)


@command.command("card")
@click.argument("card", metavar="NAME", callback=_set_named)
def card_(card):
    """Say where the set NAME comes from, under which licence, and what to beware of."""
    click.echo(card)


@command.command("fetch")
@click.argument("card", metavar="NAME", callback=_set_named)
def fetch(card):
    """Fetch the set NAME as its authors published it into the cache folder."""
    from coursecnn.data import DataError, cache
    from coursecnn.data.catalogue import ORIGINALS, holding

    if card.name not in ORIGINALS:
        click.echo(f"{card.name} is {_where(card, holding(card))}: there is nothing to fetch.")
        return
    try:
        ORIGINALS[card.name].load("train", fetch=True)
    except DataError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{card.name} lies in {cache.folder()} ({_size(holding(card).cached)}).")


@command.command("clean")
@click.argument("card", metavar="[NAME]", required=False, callback=_set_named)
def clean(card):
    """Remove what the cache folder holds of the set NAME, or of all sets."""
    from coursecnn.data import CARDS, DataError, cache

    cards = CARDS.values() if card is None else [card]
    try:
        freed = sum(cache.remove(card.name) for card in cards)
    except DataError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Removed {_size(freed)} from {cache.folder()}; what is bundled stays.")
