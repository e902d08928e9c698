"""Blocks of nginx's configuration that only some sites have; docs/operating/nginx.conf has the rest."""

REDIRECT = """
server {
    @LISTEN_PLAIN@
    server_name @HOSTS@;
    access_log off;
    @CHALLENGES@
    location / {
        return 301 https://$host@PORT@$request_uri;
    }
    # A program that was redirected would go on sending its token readable: articles/api/plain_http.py.
    location /api/ {
        default_type application/json;
        return 403 '{"detail": "Ask by https, and end a token that was sent without it.", "problems": []}';
    }
    location /api/v1/docs {
        return 301 https://$host@PORT@$request_uri;
    }
}"""
# Readers who type www get to the name without it, or the other way round.
OTHER_NAME = """
server {
    @LISTEN_PLAIN@
    @LISTEN@
    @TLS@
    server_name @OTHER_HOST@;
    access_log off;
    @CHALLENGES@
    location / {
        return 301 @URL@$request_uri;
    }
}"""
# Where certbot shows, with --webroot, that the host is ours: the folder of Debian's own page.
CHALLENGES = """location ^~ /.well-known/acme-challenge/ {
        root /var/www/html;
    }"""

# What the page of an article says of itself when it is opened. Nothing of it is handed on.
READS = """# --- Which articles are opened -----------------------------------------------------------

    location ^~ /read/ {
        client_max_body_size 1k;
        access_log "@LOG@" newsroom_reads if=$newsroom_read;
        add_header Cache-Control no-store always;
        if ($request_method = POST) {
            return 204;
        }
        proxy_pass http://newsroom;
    }"""

# For the numbers of METRICS. Nothing but these two words is in the log.
COUNTED = """log_format newsroom_counted '$status $newsroom_kind';
map $newsroom_path $newsroom_kind {
    default page;
    @KINDS@
}"""

PICTURES_ON_DISK = """alias "@MEDIA@/$1";
        types {
            image/avif avif;
            image/webp webp;
            image/jpeg jpg;
        }
        # Not made yet: the application makes it while the reader waits.
        error_page 404 405 = @application;"""
PICTURE_STORE = """# Where pictures are kept.
upstream newsroom_pictures {
    server @SERVER@ max_fails=0;
    keepalive 16;
}"""
# Nothing that a reader has sent is handed on to the store.
PICTURES_IN_STORE = """limit_except GET HEAD {
            deny all;
        }
        proxy_pass @SCHEME@://newsroom_pictures/@BUCKET@/$1;
        proxy_pass_request_headers off;
        proxy_pass_request_body off;
        proxy_set_header Host "@HOST@";
        proxy_set_header Connection "";
        proxy_ssl_server_name on;
        proxy_ssl_name "@NAME@";
        proxy_hide_header Cache-Control;
        proxy_hide_header Set-Cookie;
        proxy_hide_header x-amz-request-id;
        proxy_hide_header x-amz-id-2;
        proxy_read_timeout 5s;
        proxy_intercept_errors on;
        # Not made yet, of which stores say 403 too, or the store is away: the application reads or makes it.
        error_page 400 403 404 405 500 502 503 504 = @application;"""
