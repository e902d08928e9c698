#!/bin/bash
# What runs on the machine before somebody gives the first command.
set -euo pipefail
openssl req -x509 -newkey rsa:2048 -nodes -days 80 -subj /CN=news.example.org -keyout /etc/trusted.key -out /etc/trusted.pem \
    -addext "subjectAltName=DNS:news.example.org,DNS:www.news.example.org,DNS:smtp.example.org" 2>/dev/null
"$VENV/bin/python" "$PROJECT/tests/servers/machine/mail.py" /etc/trusted.pem /etc/trusted.key >/var/log/mails.txt &
rm -rf /etc/postgresql/*/* /var/lib/postgresql/*/*
version=$(ls /usr/lib/postgresql | sort -n | tail -1)
pg_createcluster --port 5432 "$version" main -- --no-sync >/dev/null
pg_ctlcluster "$version" main start
nginx
cd /root
bash /tmp/script.sh
