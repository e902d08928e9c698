"""What commands take as arguments. What can't be used is refused by name before anything is done."""

import ipaddress
from argparse import ArgumentTypeError


def whole_number(lowest, highest):
    """For argparse's `type`."""

    def read(text):
        try:
            number = int(text)
        except ValueError:
            number = None
        if number is None or not lowest <= number <= highest:
            raise ArgumentTypeError(f"{text!r} is no whole number from {lowest} to {highest}")
        return number

    return read


port_number = whole_number(1, 65_535)
count = whole_number(1, 1_000_000)


def ip_address(text):
    """One that a server can listen at; "localhost" is the one that everybody means by it."""
    if text == "localhost":
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(text.removeprefix("[").removesuffix("]")))
    except ValueError as error:
        raise ArgumentTypeError(
            f"{text!r} is no address; write one like 127.0.0.1, or 0.0.0.0 for every one of this machine"
        ) from error


def in_brackets(address):
    """As it stands in front of a port."""
    return f"[{address}]" if ":" in address else address
