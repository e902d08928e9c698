#!/bin/bash
# A fresh machine for a test: begin.sh PROJECT VENV SCRIPT, in namespaces of its own (unshare --mount --net --pid --fork).
# Its root directory is this machine's with everything written over it in memory, its ports are all free, and it ends with
# this process. Debian's nginx and PostgreSQL run in it, as after their installation. What would ask somebody outside is
# replaced by the programs in stand_ins/.
set -euo pipefail
project=$1 venv=$2 script=$3
here=$(dirname "$(realpath "$0")")
root=$(mktemp -d)
mount -t tmpfs -o mode=755 tmpfs "$root"
mkdir "$root"/{upper,work,merged}
new=$root/merged
mount -t overlay -o lowerdir=/,upperdir="$root/upper",workdir="$root/work" overlay "$new"
mount -t proc proc "$new/proc"
mount --rbind /dev "$new/dev"
mount -t tmpfs -o mode=1777 tmpfs "$new/tmp"
mount -t tmpfs -o mode=755 tmpfs "$new/run"
mkdir "$new/run/postgresql" && chown postgres "$new/run/postgresql"
for folder in "$project" "$venv"; do
    mkdir -p "$new$folder"
    mount --bind "$folder" "$new$folder"
done
cp "$here"/stand_ins/* "$new/usr/local/sbin/" && chmod 755 "$new"/usr/local/sbin/*
cp "$script" "$new/tmp/script.sh"
python=$(realpath "$venv/bin/python")
# Whoever is not root finds them too.
for path in "$project" "$venv" "$python"; do
    while [ "$path" != / ]; do
        path=$(dirname "$path")
        chmod o+x "$new$path" 2>/dev/null || true
    done
done
python3 - <<'UP'
import fcntl, socket, struct
fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh", b"lo", 1))
UP
cat >"$new/etc/hosts" <<'HOSTS'
127.0.0.1 localhost news.example.org www.news.example.org smtp.example.org
::1 localhost news.example.org www.news.example.org smtp.example.org
HOSTS
exec env -i HOME=/root PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    PROJECT="$project" VENV="$venv" SSL_CERT_FILE=/etc/trusted.pem CURL_CA_BUNDLE=/etc/trusted.pem \
    chroot "$new" /bin/bash "$here/inside.sh"
