"""What plugins for search engines keep."""

import pytest

from articles.importers.wordpress.deciding.seo import Seo, filled, seo_of
from articles.importers.wordpress.records import Item, Place
from tests.articles.importers.wordpress.exports import OWN, items


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("%%title%% %%sep%% %%sitename%%", ""),
        ("%%title%% %%page%% %%sep%% %%sitename%%", ""),
        ("#post_title #separator_sa #site_title", ""),
        ("%title% %sep% Warm days", "A story – Warm days"),
        ("Warm days %%sep%% %%primary_category%%", "Warm days"),
        ("Warm days in %sitename%", "Warm days in The Lantern"),
        ("%customfield(mood)% days %%cf_mood%%", "days"),
        ("100 % sure, 5% of it, #black_lives", "100 % sure, 5% of it, #black_lives"),
        ("&quot;Warm&quot; <b>days</b>", '"Warm" days'),
        # As many as one likes, which takes no longer than other text.
        (f"Warm{' %%sep%%' * 100_000} days", f"Warm{' –' * 100_000} days"),
        ("", ""),
    ],
)
def test_variables(template, text):
    assert filled(template, headline="A story", site="The Lantern") == text


def seo(*meta):
    return seo_of(Item(Place("a.xml", 1, 1), meta=meta), headline="A story", site="The Lantern")


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ((), Seo()),
        ((("_edit_last", "1"),), Seo()),
        ((("_yoast_wpseo_title", "T"), ("_yoast_wpseo_metadesc", "D")), Seo("T", "D")),
        (
            (("_yoast_wpseo_meta-robots-noindex", "1"), ("_yoast_wpseo_primary_category", "7")),
            Seo(primary="7", is_hidden=True),
        ),
        ((("_yoast_wpseo_meta-robots-noindex", "2"),), Seo()),
        (
            (("rank_math_robots", 'a:1:{i:0;s:7:"noindex";}'), ("rank_math_title", "T")),
            Seo("T", is_hidden=True),
        ),
        ((("rank_math_robots", 'a:1:{i:0;s:5:"index";}'),), Seo()),
        ((("rank_math_robots", 'a:1:{i:0;O:8:"stdClass":0:{}}'),), Seo()),
        ((("_aioseop_title", "T"), ("_aioseop_noindex", "on")), Seo("T", is_hidden=True)),
        ((("_aioseo_description", "D"), ("_aioseo_og_title", "S")), Seo(description="D", social_title="S")),
        (
            (("_seopress_robots_index", "yes"), ("_seopress_robots_canonical", "https://b.test/")),
            Seo(canonical="https://b.test/", is_hidden=True),
        ),
        ((("_genesis_title", "T"), ("_genesis_noindex", "1")), Seo("T", is_hidden=True)),
        ((("standard_seo_post_meta_description", "D"),), Seo(description="D")),
    ],
)
def test_each_plugin(meta, expected):
    assert seo(*meta) == expected


def test_the_projects_own_file():
    first, second, third = (seo_of(item, headline="H", site="The Lantern") for item in items(OWN)[:3])
    assert first == Seo(description="Ships may come in again from Sunday.", primary="11")
    assert second == Seo("H – Warm days", "Why it is warm.", primary="10", is_hidden=True)
    assert third == Seo(description="What waits.")
