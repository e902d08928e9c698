"""A stored picture on a page: the files a role names, and the <picture> that names them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString

from .crops import Crop
from .geometry import CENTRE, Focus, Size
from .rendition import Rendition, folder_path, parse_path
from .widths import ON_REQUEST, ROLES, SHOWN, Format, Role, fallback_for, files_for, shown_size, sizes_in


@dataclass(frozen=True, slots=True)
class PictureSource:
    """What has to be known of a stored picture to show it. The key comes from `version_key`. `color` is what
    the picture looks like from afar, as three hexadecimal digits; empty if that is not known."""

    image_id: int
    key: str
    width: int
    height: int
    alt: str = ""
    focus: Focus = CENTRE
    crops: tuple[Crop, ...] = ()
    color: str = ""

    @property
    def size(self) -> Size:
        return Size(self.width, self.height)

    def crop_for(self, role: Role) -> Crop | None:
        """The crop that an editor has set by hand for the role's ratio."""
        return next((crop for crop in self.crops if crop.ratio == role.ratio), None)

    def key_for(self, role: Role) -> str:
        """Names what is shown of the picture in that role."""
        crop = self.crop_for(role) if self.crops else None
        return crop.key(self.key) if crop else self.key

    def size_for(self, role: Role) -> Size:
        """How large the part is that is shown in that role, or from which the focal point chooses it."""
        crop = self.crop_for(role) if self.crops else None
        if crop is None:
            return self.size
        box = crop.box(self.size)
        return Size(box.width, box.height)


def picture_html(
    source: PictureSource,
    role: Role,
    *,
    eager: bool = False,
    alt: str | None = None,
    sizes: str | None = None,
    base: str | None = None,
) -> SafeString:
    """`eager` is for the one picture that a page shows first; `base` replaces the address of the folder of
    pictures."""
    folder = folder_path(source.image_id, source.key_for(role))
    prefix = f"{settings.PICTURES_URL if base is None else base}{folder}/"
    size = source.size_for(role)
    shown = shown_size(role, size)
    sizes = sizes or role.sizes.replace("{}", str(shown.width))
    sources = "".join(
        f'<source type="{media_type}"{_srcset(prefix, names, sizes)}>'
        for media_type, names in _candidates(role, size)
    )
    fallback = fallback_for(role, size)
    color = f' data-c="#{source.color}"' if source.color else ""
    loading = 'fetchpriority="high"' if eager else 'loading="lazy" decoding="async"'
    img = (
        f'<img src="{escape(prefix)}{fallback.width}x{fallback.height}.{Format.JPEG}"'
        f' width="{shown.width}" height="{shown.height}"'
        f' alt="{escape(source.alt if alt is None else alt)}"{color} {loading}>'
    )
    html = f"<picture>{sources}{img}</picture>" if sources else img
    return SafeString(html)


def rendition_url(rendition: Rendition, base: str | None = None) -> str:
    return (settings.PICTURES_URL if base is None else base) + rendition.path


@lru_cache(maxsize=8192)
def files_named(source: PictureSource, role: Role) -> tuple[str, ...]:
    """The paths of all files that `picture_html` names for this picture in this role."""
    return tuple(rendition.path for rendition in renditions_for(source, [role]))


def renditions_for(source: PictureSource, roles: Iterable[Role]) -> tuple[Rendition, ...]:
    """Every file that pages name which show the picture in these roles, each once."""
    files = dict.fromkeys(
        (source.key_for(role), size, format)
        for role in roles
        for size, format in files_for(role, source.size_for(role))
    )
    return tuple(
        Rendition(source.image_id, key, size.width, size.height, format) for key, size, format in files
    )


def allowed(source: PictureSource) -> frozenset[Rendition]:
    """All renditions that may ever be made of this picture."""
    return frozenset(renditions_for(source, ROLES.values()))


def whole_rendition(source: PictureSource, width: int | None = None) -> Rendition:
    """The uncropped file of at least that width, or the widest there is. Of two of one width it is the JPEG,
    which every program knows, and never AVIF."""
    uncropped = [role for role in SHOWN if role.ratio is None]
    found = sorted(
        (each for each in renditions_for(source, uncropped) if each.format is not Format.AVIF),
        key=lambda each: (each.width, each.format is not Format.JPEG),
    )
    wide_enough = (each for each in found if width is not None and each.width >= width)
    widest = next(each for each in found if each.width == found[-1].width)
    return next(wide_enough, widest)


def social_rendition(source: PictureSource) -> Rendition:
    """The JPEG that other sites show beside a link to the article."""
    (rendition,) = renditions_for(source, [ROLES["social"]])
    return rendition


def shared_renditions(source: PictureSource) -> list[Rendition]:
    """The JPEGs that search engines choose from: 16:9, 4:3 and square."""
    return [fallback_rendition(source, role) for role in ON_REQUEST]


def fallback_rendition(source: PictureSource, role: Role) -> Rendition:
    """The one JPEG of that role, for programs that know nothing newer."""
    size = fallback_for(role, source.size_for(role))
    return Rendition(source.image_id, source.key_for(role), size.width, size.height, Format.JPEG)


def find_rendition(path: str, source_of: Callable[[int], PictureSource | None]) -> Rendition | None:
    """The rendition a requested path may have, or none: signed by us, of today's version, of a listed size.

    `source_of` looks the picture up by its number; it is asked only about addresses that we signed.
    """
    rendition = parse_path(path)
    if rendition is None:
        return None
    source = source_of(rendition.image_id)
    if source is None or rendition not in allowed(source):
        return None
    return rendition


@lru_cache(maxsize=8192)
def _candidates(role: Role, size: Size) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    return tuple(
        (
            format.media_type,
            tuple(
                (f"{each.width}x{each.height}.{format}", each.width) for each in sizes_in(format, role, size)
            ),
        )
        for format in role.modern
    )


def _srcset(prefix: str, names: tuple[tuple[str, int], ...], sizes: str) -> str:
    if len(names) == 1:
        return f' srcset="{escape(prefix + names[0][0])}"'
    candidates = ",".join(f"{prefix}{name} {width}w" for name, width in names)
    return f' sizes="{escape(sizes)}" srcset="{escape(candidates)}"'
