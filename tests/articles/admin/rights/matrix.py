"""The written matrix of rights: who gets what at which address, and who does what with a story in which state.

Letters stand for people, each of one group:

    C  contributor, whose the story is       c  contributor; the story is somebody else's
    E  editor                                e  member of a group like Editors that has another section
    P  publisher                             p  member of a group like Publishers that has another section
    A  administrator                         V  may view articles and nothing else
                                             N  works at the desk and has no right
"""

EVERYBODY = "CcEePpAVN"
# Of these the tables say nothing more: all readers get them, and no login changes what they get.
PUBLIC = """
front site_version search suggestions oembed embed card rendition live ready robots favicon apple_touch_icon icon_maskable
icon_192 icon_512 manifest breaking breaking_script ads indexnow_key llms humans security sitemap sitemap_lists sitemap_lists_part sitemap_news
sitemap_month sitemap_month_part paper_rss paper_atom paper_json feed_old rss comments_feed tag_rss tag_atom tag_json
author_rss author_atom author_json tag tag_month tag_day tag_day_older author author_month author_day author_day_older
most_read archive year paper_month paper_day paper_day_older article twin section_rss section_atom section_json
subsection_rss subsection_atom subsection_json section_month section_day section_day_older subsection_month subsection_day
subsection_day_older section subsection page_below draft_link desk_forgotten desk_set_password desk_to_provider desk_from_provider desk_end_at_provider
api api-root api_nowhere openapi-json openapi-view articles sections tags authors author image images pages own_page
begin read save submit publish correct withdraw upload
"""
# Addresses that are about no row: who gets them, and who may send a form there.
PLACES = """
address                          GET        POST
index                            CEPAVN     CEPAVN
login                            CEPAVN     CEPAVN
logout                           -          CEPAVN
password_change                  CEPAVN     CEPAVN
password_change_done             CEPAVN     -
autocomplete                     CEPA       -
jsi18n                           CEPAVN     -
app_list                         CEPAVN     CEPAVN
desk_own_page                    CEPAVN     CEPAVN
desk_log_ins                     CEPAVN     CEPAVN
desk_operation                   A          A
articles_desk_upload             -          CEPA
articles_desk_paste              -          CEPA
articles_desk_typography         -          CEPA
articles_desk_links              CEPA       -
articles_desk_tags               CEPA       -
articles_desk_authors            CEPA       -
articles_notification_changelist CEPAVN     CEPAVN
articles_notification_change     CEPAVN     CEPAVN
articles_image_picker            CEPA       -
articles_image_alts              CEPA       -
articles_image_replace           PA         PA
articles_image_unused            PA         PA
articles_section_sortable_update -          PA
articles_tag_order               PA         PA
articles_board_changelist        PA         PA
articles_board_front             PA         PA
board_preview                    -          PA
articles_breaking                PA         PA
articles_oldaddress_upload       PA         PA
articles_oldaddress_download     PA         PA
articles_auditentry_download     A          A
articles_importjob_job           A          A
articles_importjob_live          A          A
articles_importjob_file          A          A
auth_user_password_change        A          A
auth_user_link                   A          A
"""
# Lists and their rows: who sees the list; adds a row; sees one, with its history; changes one; deletes one.
MODELS = """
model                    list     add     see      change   delete
articles_author          CEPA     PA      CEPA     PA       PA
articles_document        CEPA     CEPA    CEPA     PA       PA
articles_image           CEPA     CEPA    CEPA     PA       PA
articles_section         CEPA     PA      CEPA     PA       PA
articles_apitoken        CEPAVN   CEPAVN  A        -        -
articles_tag             CEPA     PA      CEPA     PA       PA
articles_page            PA       PA      PA       PA       PA
articles_oldaddress      PA       PA      PA       PA       PA
articles_missedaddress   PA       -       PA       -        -
articles_act             EPA      -       EPA      -        -
articles_auditentry      A        -       A        -        -
articles_outboxentry     A        -       A        -        -
articles_pressstatus     A        -       A        -        -
articles_printfailure    A        -       A        -        -
articles_picturefailure  A        -       A        -        -
articles_task            A        -       A        -        -
articles_notice          A        -       A        -        -
articles_outboxconsumer  A        -       A        -        -
articles_email           A        -       A        -        -
articles_webhook         A        A       A        A        A
articles_importjob       A        A       A        -        -
auth_user                A        A       A        A        A
auth_group               A        A       A        A        A
"""
# Addresses about an article, also those of its form's scripts. “acts”: the table of acts says who may.
ARTICLE = """
address                      GET        POST
articles_article_changelist  CcEePpAV   CcEePpAV
articles_article_add         CcEePpA    CcEePpA
articles_article_change      CEPAV      acts
articles_article_delete      CcEePpAVN  CcEePpAVN
articles_article_history     CEPAV      CEPAV
articles_article_compare     CEPAV      CEPAV
articles_article_notes       CEPAV      CEPAV
articles_article_people      CEPAV      -
articles_article_restore     -          acts
articles_article_correction  PA         PA
articles_article_publish_time  PA       PA
articles_desk_unsaved        -          CEPA
articles_desk_presence       -          CEPA
articles_desk_readiness      -          CEPAV
articles_desk_draft_links    -          CEPAV
desk_preview                 -          CEPAV
preview                      CEPAV      -
articles_board_put           -          PA
articles_binnedarticle_changelist CcEePpAV CcEePpAV
articles_binnedarticle_change  CcEePpAVN CcEePpAVN
articles_binnedarticle_add     CcEePpAVN CcEePpAVN
articles_binnedarticle_history CcEePpAVN CcEePpAVN
articles_binnedarticle_delete  -         -
"""
# Words before the bar are buttons of the form. After it are acts of lists; “restore” is that of the history.
ACTS = """
draft                 C: save submit | move tag restore
draft                 E: save submit | move tag restore
draft                 P: save submit publish schedule bin | publish move tag bin restore
in review             C: return |
in review             E: save return approve | approve move tag restore
in review             P: save return approve publish schedule bin | approve publish move tag bin restore
approved              C: return |
approved              E: save return | move tag restore
approved              P: save return publish schedule bin | publish move tag bin restore
scheduled             C: |
scheduled             E: |
scheduled             P: save publish schedule return bin | withdraw move tag bin restore
live                  C: |
live                  E: save submit | restore
live                  P: save submit publish schedule withdraw bin correct | withdraw move tag bin restore
live with changes     C: |
live with changes     E: save submit | restore
live with changes     P: save submit publish schedule withdraw bin correct discard | publish withdraw move tag bin restore
live, in review       C: |
live, in review       E: save return approve | approve restore
live, in review       P: save return approve publish schedule withdraw bin correct discard | approve publish withdraw move tag bin restore
live, approved        C: |
live, approved        E: save return | restore
live, approved        P: save return publish schedule withdraw bin correct discard | publish withdraw move tag bin restore
live, more scheduled  C: |
live, more scheduled  E: save | restore
live, more scheduled  P: save publish schedule withdraw bin correct reschedule cancel | withdraw move tag bin restore
ended                 C: |
ended                 E: save submit | restore
ended                 P: save submit publish schedule withdraw bin correct | withdraw move tag bin restore
withdrawn             C: |
withdrawn             E: save submit | restore
withdrawn             P: save submit publish schedule bin | move tag bin restore
binned                C: |
binned                E: |
binned                P: | unbin erase
"""
# These may what publishers may; and these nothing, in any state.
SAME_AS = {"A": "P"}
NOTHING = "cepVN"


def rows(table):
    """Of a table with a head: the first word of each line → the others by their heads; “-” is nobody."""
    head, *lines = (line.split() for line in table.strip().splitlines())
    return {
        name: {column: "" if cell == "-" else cell for column, cell in zip(head[1:], cells, strict=True)}
        for name, *cells in lines
    }


def acts():
    """State, letter, buttons of the form, acts of lists; of everybody."""
    for line in ACTS.strip().splitlines():
        case, _, allowed = line.partition(":")
        state, letter = case[:-2].strip(), case[-1]
        in_form, _, elsewhere = allowed.partition("|")
        for each in (letter, *(other for other, same in SAME_AS.items() if same == letter)):
            yield state, each, frozenset(in_form.split()), frozenset(elsewhere.split())
    for state in dict.fromkeys(line.partition(":")[0][:-2].strip() for line in ACTS.strip().splitlines()):
        for letter in NOTHING:
            yield state, letter, frozenset(), frozenset()
