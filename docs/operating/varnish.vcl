vcl 4.1;

# Varnish in front of Newsroom: pages are kept until the press purges them, by their exact address.
# PRESS_PURGE_ADDRESSES=http://127.0.0.1:6081 tells the press where this Varnish listens.
# To be changed for your site: the backend, the presses, and the host further down.

import std;

backend newsroom {
    .host = "127.0.0.1";
    .port = "8000";
}

# The hosts on which presses run.
acl presses {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    set req.http.Host = std.tolower(req.http.Host);
    if (req.method == "PURGE") {
        if (client.ip !~ presses) {
            return (synth(405, "Not allowed"));
        }
        return (purge);
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # A purge names a page by one host, the one in SITE_URL (with its port, if it has one), so nothing is kept
    # under another: not under www, and not with a dot at its end.
    if (req.http.Host != "localhost:8000") {
        return (pass);
    }
    # The desk, previews, the content API and a reader's own choice of layout are answered afresh each time.
    if (req.url ~ "^/(admin|preview|api|search|site-version|health)(/|$|\?)" || req.http.Cookie ~ "(^|;\s*)site_version=") {
        return (pass);
    }
    # A film may have 200 MB, of which a player asks for pieces.
    if (req.url ~ "^/media/documents/") {
        return (pass);
    }
    # Old addresses of pictures say their width so: boat.jpg?w=300.
    if (req.url ~ "^[^?]*\.[A-Za-z0-9]{2,5}\?(.*&)?w=") {
        return (pass);
    }
    # Names that mean another page; the application redirects them. Everything else in a query is the same page.
    if (req.url ~ "[?&;](p|page_id|attachment_id|cat|category_name|tag|author|author_name|name|pagename|m|year|monthnum|day|paged|feed|s|amp|noamp|nonamp)(=|&|;|$)") {
        return (pass);
    }
    if (req.url !~ "^/(media|static)/") {
        set req.url = regsub(req.url, "\?.*$", "");
        # And by one spelling: capitals in percent codes, and no code for a character that needs none. Any other
        # spelling is the same page, answered by the site each time.
        if (req.url !~ "^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"
            || req.url ~ "%(2[DEF]|3[0-9]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])") {
            return (pass);
        }
    }
    unset req.http.Cookie;
    return (hash);
}

sub vcl_backend_response {
    if (beresp.http.Set-Cookie || beresp.http.Cache-Control ~ "(?i)private|no-store|no-cache") {
        set beresp.uncacheable = true;
        return (deliver);
    }
    # Browsers ask each time (max-age=0); this store keeps pages, because it is told when they change.
    if (beresp.status == 200 && beresp.http.Cache-Control ~ "max-age=0") {
        set beresp.ttl = 1d;
        set beresp.grace = 1d;
    }
}
