vcl 4.1;

# Varnish in front of Newsroom: pages are kept until the press purges them, by their exact address.
# PRESS_PURGE_ADDRESSES=http://127.0.0.1:6081 tells the press where this Varnish listens.

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
    if (req.method == "PURGE") {
        if (client.ip !~ presses) {
            return (synth(405, "Not allowed"));
        }
        return (purge);
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # The desk, previews and a reader's own choice of layout are answered afresh each time.
    if (req.url ~ "^/(admin|preview|search|site-version|health)(/|$|\?)" || req.http.Cookie ~ "(^|;\s*)site_version=") {
        return (pass);
    }
    # Names that mean another page; the application redirects them. Everything else in a query is the same page.
    if (req.url ~ "[?&](p|page_id|cat|tag|author|m|feed|s|attachment_id|amp|noamp|nonamp)(=|&|$)") {
        return (pass);
    }
    if (req.url !~ "^/(media|static)/") {
        set req.url = regsub(req.url, "\?.*$", "");
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
