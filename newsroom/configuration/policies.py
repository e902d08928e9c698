"""Settings that say where a paper's policies stand, which structured data passes on to search engines."""

import re
from urllib.parse import urlsplit

from environs import ValidationError

# What schema.org calls them → the variable with the address.
POLICY_VARIABLES = {
    "publishingPrinciples": "PUBLISHING_PRINCIPLES",
    "ethicsPolicy": "ETHICS_POLICY",
    "correctionsPolicy": "CORRECTIONS_POLICY",
    "verificationFactCheckingPolicy": "FACT_CHECKING_POLICY",
    "unnamedSourcesPolicy": "UNNAMED_SOURCES_POLICY",
    "diversityPolicy": "DIVERSITY_POLICY",
    "actionableFeedbackPolicy": "FEEDBACK_POLICY",
    "missionCoveragePrioritiesPolicy": "COVERAGE_POLICY",
    "ownershipFundingInfo": "OWNERSHIP_AND_FUNDING",
    "masthead": "MASTHEAD",
}
PATH = re.compile(r"/(?!/)[^\s?#\\]*(?:#[^\s#\\]+)?\Z")


def check_own_page(text):
    """The path of a page of the site, perhaps with a part of it after a #."""
    if not text or (PATH.match(text) and urlsplit(text).path.endswith("/")):
        return
    raise ValidationError(
        f"is {text!r}; write the path of one of the paper's own pages, like /about/ or /about/#corrections."
    )
