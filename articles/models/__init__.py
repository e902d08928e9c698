from .act import Act
from .article import Article, ArticlePicture, State
from .author import Author
from .binned_article import BinnedArticle
from .byline import Byline
from .consumer import OutboxConsumer
from .correction import Correction
from .image import Image
from .imported import Imported, ImportRun
from .missed_address import MissedAddress
from .notice import Notice
from .old_address import OldAddress
from .outbox import OutboxEntry
from .page import Page
from .presence import Presence
from .press import PictureFailure, PressStatus, PrintFailure
from .revision import Revision
from .search import DeskEntry, KnownWord, PublicEntry
from .section import Section
from .tag import ArticleTag, Tag
from .task import Task
from .unpublished_name import UnpublishedName
from .unsaved_text import UnsavedText

__all__ = [
    "Act",
    "Article",
    "ArticlePicture",
    "ArticleTag",
    "Author",
    "BinnedArticle",
    "Byline",
    "Correction",
    "DeskEntry",
    "Image",
    "ImportRun",
    "Imported",
    "KnownWord",
    "Notice",
    "MissedAddress",
    "OldAddress",
    "OutboxConsumer",
    "OutboxEntry",
    "Page",
    "PictureFailure",
    "Presence",
    "PressStatus",
    "PrintFailure",
    "PublicEntry",
    "Revision",
    "Section",
    "State",
    "Tag",
    "Task",
    "UnpublishedName",
    "UnsavedText",
]
