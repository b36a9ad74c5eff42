"""The command line: `coursecnn COMMAND`, one module of this package for each command.

A module holds a click command named `command`; it is imported when it is called or listed.
"""

import pkgutil
from importlib import import_module

import click

import coursecnn


class _Commands(click.Group):
    """A group whose commands are the modules of this package."""

    def list_commands(self, ctx):
        names = (module.name for module in pkgutil.iter_modules(__path__))
        return sorted(name for name in names if not name.startswith("_"))

    def get_command(self, ctx, name):
        if name not in self.list_commands(ctx):
            return None
        return import_module(f"{__name__}.{name}").command

    def invoke(self, ctx):
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:  # `_extras` says in one line what to install
            raise click.ClickException(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(coursecnn.__version__)
def main():
    """The course on convolutional neural networks, on the command line."""
