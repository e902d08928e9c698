"""Names of shortcodes that WordPress itself, WordPress.com and widespread plugins know."""

CORE = frozenset("caption wp_caption gallery slideshow audio video playlist embed".split())

# The address of what is shown; {} is the id, or the address itself if that is what was written.
ADDRESS_OF = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://twitter.com/i/web/status/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "ted": "https://www.ted.com/talks/{}",
    "gist": "https://gist.github.com/{}",
    "scribd": "https://www.scribd.com/document/{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/{}",
    "twitchtv": "https://www.twitch.tv/{}",
    "polldaddy": "https://polldaddy.com/poll/{}/",
    "crowdsignal": "https://polldaddy.com/poll/{}/",
    "instagram": "https://www.instagram.com/p/{}/",
    "spotify": "https://open.spotify.com/track/{}",
    "soundcloud": "https://soundcloud.com/{}",
    "googlemaps": "{}",
    "facebook": "{}",
    "flickr": "{}",
    "houzz": "{}",
    "bandcamp": "{}",
    "mixcloud": "https://www.mixcloud.com/{}",
    "vine": "https://vine.co/v/{}",
    "kickstarter": "{}",
    "lytro": "{}",
    "medium": "{}",
    "pinterest": "{}",
    "carto": "{}",
    "codepen": "{}",
    "cartodb": "{}",
    "descript": "{}",
    "getty": "{}",
    "loom": "https://www.loom.com/share/{}",
    "pinterest_pin": "{}",
    "wordpress-tv": "{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "blip.tv": "{}",
    "hulu": "https://www.hulu.com/watch/{}",
    "viddler": "https://www.viddler.com/v/{}",
    "tiktok": "{}",
    "bluesky": "{}",
    "datawrapper": "{}",
    "ustream": "{}",
    "vr": "{}",
}
CODE = frozenset(
    """code sourcecode source php javascript js css html xml python sql bash shell java ruby perl csharp cpp
    crayon pastacode""".split()
)
NOTES = frozenset("efn_note footnote fn ref mfn note-ref".split())
# What they made had words or fields of the site, not of the story.
EMPTY = frozenset(
    """contact-form contact-field contact-form-7 gravityform gravityforms ninja_form ninja_forms wpforms
    formidable wufoo archives sitemap latest_posts recent_posts blog_subscription_form
    jetpack-related-posts jetpack_subscription_form
    polls poll simple-payment sharethis addtoany addthis rev_slider layerslider metaslider nggallery ngg
    display-posts product products add_to_cart woocommerce_cart woocommerce_checkout woocommerce_my_account
    paypal donate googleapps upcomingevents portfolio jetpack_portfolio testimonials jetpack_testimonials
    recipe-image wpml_language_switcher toc ez-toc""".split()
)
# Words stand in them, which stay.
AROUND = frozenset(
    """recipe recipe-notes recipe-ingredients recipe-directions recipe-nutrition presentation slide
    column columns one_half one_half_last one_third one_third_last two_third two_third_last one_fourth
    one_fourth_last three_fourth three_fourth_last row vc_row vc_column vc_row_inner vc_column_inner
    vc_column_text et_pb_section et_pb_row et_pb_column et_pb_text fusion_builder_container fusion_builder_row
    fusion_builder_column fusion_text su_quote su_note su_box su_spoiler su_accordion su_button pullquote
    latex""".split()
)

# Pictures of page builders.
PICTURES = frozenset("vc_single_image et_pb_image fusion_imageframe image_frame".split())

ALL = CORE | ADDRESS_OF.keys() | CODE | NOTES | EMPTY | AROUND | PICTURES
# Of the others, those that are words of English count only if a text shows that they are shortcodes.
_NO_WORDS = frozenset(
    """youtube vimeo dailymotion soundcloud slideshare scribd twitchtv polldaddy crowdsignal googlemaps
    instagram gist wpvideo videopress mixcloud bandcamp datawrapper sourcecode crayon pastacode wufoo
    gravityform gravityforms wpforms formidable nggallery addtoany addthis sharethis metaslider layerslider
    upcomingevents googleapps archives sitemap""".split()
)
KNOWN = CORE | _NO_WORDS | {name for name in ALL if "_" in name or "-" in name}
