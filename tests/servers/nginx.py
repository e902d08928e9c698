"""nginx with a configuration of the test's own, everything it writes in one folder."""

import os

from .parts import find_nginx
from .process import ServerProcess

# Root's workers would be "www-data", who may not enter the folders that tests make.
FRAME = """\
{user}daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
{modules}
events {{ worker_connections 1024; }}
http {{
    include {types};
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{http}
}}
"""
TYPES = "/etc/nginx/mime.types"


class Nginx(ServerProcess):
    """`http` is what stands inside http { … }: upstreams and servers; {port} and {folder} are filled in."""

    name = "nginx"

    def __init__(self, folder, http, port=None, *, modules=""):
        super().__init__(folder, port)
        self.program = find_nginx()
        self.http = http
        self.modules = modules

    def command(self):
        configuration = self.folder / "nginx.conf"
        configuration.write_text(
            FRAME.format(
                user="user root;\n" if os.geteuid() == 0 else "",
                folder=self.folder,
                modules=self.modules,
                types=TYPES,
                http=self.http.replace("{port}", str(self.port)).replace("{folder}", str(self.folder)),
            )
        )
        return [self.program, "-c", configuration, "-p", self.folder, "-e", self.folder / "error.log"]

    def log(self):
        errors = self.folder / "error.log"
        return super().log() + (errors.read_text(errors="replace") if errors.exists() else "")
