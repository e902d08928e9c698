"""The verbs that there are, found in the code."""

import importlib
import pkgutil


def verbs_in(package):
    """The functions of the package that are a transaction of their own."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            code = getattr(value, "__code__", None)
            is_atomic = getattr(code, "co_qualname", "").startswith("ContextDecorator")
            if is_atomic and value.__module__ == module.name:
                yield name
