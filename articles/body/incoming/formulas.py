"""Formulas in MathML, as text: E = mc² keeps its raised 2, a fraction its line."""

from selectolax.lexbor import LexborNode

# What the second and the third element in one of these is to the first.
SCRIPTS = {
    "msup": ("", "sup"),
    "mover": ("", "sup"),
    "msub": ("", "sub"),
    "munder": ("", "sub"),
    "msubsup": ("", "sub", "sup"),
    "munderover": ("", "sub", "sup"),
}
AROUND = {
    "msqrt": ("√(", ")"),
    "mroot": ("√(", ")"),
    "mfenced": ("(", ")"),
    "mtr": ("", "; "),
    "mtd": ("", " "),
}


def script_of(node: LexborNode) -> str:
    """sup, sub or nothing."""
    scripts = SCRIPTS.get(_parent(node), ())
    return scripts[place] if scripts and (place := _place(node)) < len(scripts) else ""


def before(node: LexborNode) -> str:
    sign = "/" if _parent(node) == "mfrac" and _place(node) == 1 else ""
    return sign + ("(" if _is_sum(node) else AROUND.get(node.tag, ("", ""))[0])


def after(node: LexborNode) -> str:
    return ")" if _is_sum(node) else AROUND.get(node.tag, ("", ""))[1]


def _parent(node: LexborNode) -> str:
    return node.parent.tag if node.parent is not None else ""


def _is_sum(node: LexborNode) -> bool:
    """Several terms above or below the line of a fraction."""
    return _parent(node) == "mfrac" and node.tag == "mrow" and _count(node, 2) == 2


def _count(node: LexborNode, most: int) -> int:
    found, child = 0, node.child
    while child is not None and found < most:
        found += child.is_element_node
        child = child.next
    return found


def _place(node: LexborNode) -> int:
    """How many elements stand before it in its parent; three is as much as matters."""
    found, other = 0, node.prev
    while other is not None and found < 3:
        found += other.is_element_node
        other = other.prev
    return found
