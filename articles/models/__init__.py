from .addresses.missed_address import MissedAddress
from .addresses.old_address import OldAddress
from .articles.article import Article, ArticlePicture, NamedPicture, State
from .articles.binned_article import BinnedArticle
from .articles.byline import Byline
from .articles.correction import Correction
from .articles.related import Related
from .articles.revision import Revision
from .collections.author import Author
from .collections.document import Document
from .collections.image import Collection, Image
from .collections.page import Page
from .collections.section import GroupSection, Section
from .collections.tag import ArticleTag, Tag
from .desk.act import Act
from .desk.api_token import ApiToken
from .desk.audit_entry import AuditEntry, AuditPruning
from .desk.desk_session import DeskSession, KnownDevice
from .desk.draft_link import DraftLink
from .desk.note import Note
from .desk.notification import EmailWanted, Notification
from .desk.passkey import Passkey
from .desk.presence import Presence
from .desk.provider_account import ProviderAccount
from .desk.unpublished_name import UnpublishedName
from .desk.unsaved_text import UnsavedText
from .fronts.board import Board, BoardSlot, BoardVersion
from .fronts.breaking_line import BreakingLine
from .processes.backup import Backup, RemovedFile
from .processes.consumer import OutboxConsumer
from .processes.email import Email
from .processes.import_job import ImportJob
from .processes.imported import Imported, ImportRun
from .processes.notice import Notice
from .processes.operation import Examination, Trouble
from .processes.outbox import OutboxEntry
from .processes.press import PictureFailure, PressStatus, PrintFailure
from .processes.reads import MostRead, Reads
from .processes.search import DeskEntry, KnownWord, PublicEntry
from .processes.task import Task
from .processes.webhook import Webhook, WebhookDelivery

__all__ = [
    "Act",
    "ApiToken",
    "Article",
    "ArticlePicture",
    "ArticleTag",
    "AuditEntry",
    "AuditPruning",
    "Author",
    "Backup",
    "BinnedArticle",
    "Board",
    "BoardSlot",
    "BoardVersion",
    "BreakingLine",
    "Byline",
    "Collection",
    "Correction",
    "DeskEntry",
    "DeskSession",
    "Document",
    "GroupSection",
    "Email",
    "EmailWanted",
    "Examination",
    "Image",
    "ImportJob",
    "DraftLink",
    "ImportRun",
    "Imported",
    "KnownDevice",
    "KnownWord",
    "NamedPicture",
    "Note",
    "Notification",
    "Notice",
    "MissedAddress",
    "MostRead",
    "OldAddress",
    "OutboxConsumer",
    "OutboxEntry",
    "Page",
    "Passkey",
    "PictureFailure",
    "Presence",
    "PressStatus",
    "PrintFailure",
    "ProviderAccount",
    "PublicEntry",
    "Reads",
    "Related",
    "RemovedFile",
    "Revision",
    "Section",
    "State",
    "Tag",
    "Task",
    "Trouble",
    "UnpublishedName",
    "UnsavedText",
    "Webhook",
    "WebhookDelivery",
]
