from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from articles.models.addresses.paths import address, validate_first_word, validate_length
from articles.models.addresses.slug_field import SlugField
from articles.models.articles.article import Article
from articles.models.desk.versioned import Versioned


class SectionQuerySet(models.QuerySet):
    def top(self):
        return self.filter(parent=None)

    def at(self, *slugs):
        """The section or subsection of these words of an address; or None."""
        if len(slugs) > 2:
            return None
        *above, slug = slugs
        parent = {"parent__slug": above[0], "parent__parent": None} if above else {"parent": None}
        return self.select_related("parent").filter(slug=slug, **parent).first()

    def with_newest(self, at=None):
        """With the number of the newest article that readers see in each section itself, as `newest`; None if
        there is none."""
        newest = Article.objects.published(at).newest_under("section", OuterRef("pk"))
        return self.annotate(newest=Subquery(newest.values("pk")[:1]))

    def shown(self, at=None):
        """Those that readers find: with a public article, or shown without one, in itself or below it."""
        shown = Q(newest__isnull=False) | Q(shown_without_stories=True)
        below = Section.objects.exclude(parent=None).with_newest(at).filter(shown)
        return self.with_newest(at).filter(shown | Q(pk__in=below.order_by().values("parent")))


class Section(Versioned):
    """A department of the paper, two levels at most."""

    name = models.CharField(max_length=80)
    slug = SlugField(max_length=80, validators=[validate_length, validate_first_word])
    description = models.TextField(blank=True, help_text="One sentence, shown under the section's name.")
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subsections",
        limit_choices_to={"parent": None},
        verbose_name="part of",
        help_text="Leave empty for a section of its own.",
    )
    order = models.PositiveIntegerField(default=0, db_index=True)
    # Whose members have their rights here and in other sections that the group has, and nowhere else:
    # publishing/rights/reach.py.
    groups = models.ManyToManyField(Group, through="GroupSection", related_name="sections")
    shown_without_stories = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Readers find it before its first story. Otherwise it comes onto the site with that story.",
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(parent=None),
                name="section_slug_once",
                violation_error_message="Another section has this slug.",
            ),
            models.UniqueConstraint(
                fields=["parent", "slug"],
                name="subsection_slug_once",
                violation_error_message="Another subsection of the same section has this slug.",
            ),
        ]

    def __str__(self):
        return f"{self.parent.name} › {self.name}" if self.parent_id else self.name

    def get_absolute_url(self):
        return address(self.parent.slug, self.slug) if self.parent_id else address(self.slug)

    def clean(self):
        self.clean_address()
        if self.parent_id is None:
            return
        if self.parent_id == self.pk or self.parent.parent_id is not None:
            raise ValidationError(
                {"parent": "Sections go two levels deep; choose one that is not itself a subsection."}
            )
        if self.pk and self.subsections.exists():
            raise ValidationError({"parent": "This section has subsections; it cannot become one itself."})

    def clean_address(self):
        """Neither it nor what is below it takes the address of one of the paper's own pages."""
        path = f"{self.parent.slug}/{self.slug}" if self.parent_id else self.slug
        below = self.subsections.values_list("slug", flat=True) if self.pk else ()
        paths = [path, *(f"{path}/{slug}" for slug in below)]
        # By its name: the module of pages knows this one.
        page = apps.get_model("articles", "Page").objects.filter(path__in=paths).first()
        if page:
            raise ValidationError({"slug": f"The page “{page}” has this address; choose another word."})

    @property
    def department(self):
        """The top-level section that this one belongs to: its parent, or itself."""
        return self.parent or self


class GroupSection(models.Model):
    """A section that was given to a group. PROTECT: a group that lost its last section would have all."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["group", "section"], name="section_once_a_group")]

    def __str__(self):
        return f"{self.section} of {self.group}"
