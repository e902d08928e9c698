"""A small client of the content API. It needs Python and nothing else; copy it.

paper = Newsroom("https://news.example.org", token="nr_…")
for article in paper.articles(section="world"):
    print(article["headline"])
story = paper.write(headline="The wall", html="<p>It is four metres high.</p>", section="world")
paper.publish(story["id"])
"""

import json
import urllib.error
import urllib.request
import uuid
from urllib.parse import urlencode


class Refused(Exception):
    """`status` and, in `told`, what the site says; of 412, who has done what since the article was read."""

    def __init__(self, status, told):
        self.status, self.told = status, told
        super().__init__(f"{status}: {told.get('detail', '')}")


class Newsroom:
    def __init__(self, site, token=""):
        self.api, self.token = f"{site.rstrip('/')}/api/v1", token
        # The state of each article as it was seen last, which every act has to name.
        self.seen = {}

    # What readers get.

    def articles(self, **narrowed):
        """All of them, newest first, or those of a section, a tag or an author."""
        return self._pages("articles", narrowed)

    def search(self, words, **narrowed):
        return self._pages("search", {"q": words, **narrowed})

    def article(self, id):
        return self._ask("GET", f"/articles/{id}")

    def _pages(self, name, narrowed):
        address = f"{self.api}/{name}?{urlencode(narrowed)}"
        while address:
            page = self._ask("GET", address)
            yield from page["items"]
            address = page["next"]

    # What is written at the desk.

    def write(self, **content):
        return self._ask("POST", "/desk/articles", {"id": str(uuid.uuid4()), **content})

    def read(self, id):
        """The newest text, also after 412."""
        return self._ask("GET", f"/desk/articles/{id}")

    def save(self, id, **content):
        return self._ask("PATCH", f"/desk/articles/{id}", content)

    def submit(self, id):
        return self._ask("POST", f"/desk/articles/{id}/submit", {})

    def publish(self, id, note=""):
        return self._ask("POST", f"/desk/articles/{id}/publish", {"note": note})

    def correct(self, id, text, kind="correction"):
        return self._ask("POST", f"/desk/articles/{id}/corrections", {"text": text, "kind": kind})

    def withdraw(self, id, reason=""):
        return self._ask("POST", f"/desk/articles/{id}/withdraw", {"reason": reason})

    def upload(self, name, data, **words):
        """A picture; `words` are alt, caption and credit."""
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{said}\r\n'
            for key, said in words.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = "".join([*parts, head]).encode() + data + f"\r\n--{mark}--\r\n".encode()
        return self._ask("POST", "/desk/images", body, f"multipart/form-data; boundary={mark}")

    def _ask(self, method, path, said=None, kind="application/json"):
        address = path if path.startswith(self.api) else self.api + path
        body = said if said is None or isinstance(said, bytes) else json.dumps(said).encode()
        headers = {"Content-Type": kind}
        request = urllib.request.Request(address, body, headers, method=method)  # noqa: S310
        if "/desk/" in address:
            request.add_header("Authorization", f"Bearer {self.token}")
        article = address.partition("/desk/articles/")[2].partition("/")[0]
        if article in self.seen:
            request.add_header("If-Match", self.seen[article])
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                found, etag = json.load(answer), answer.headers.get("ETag")
        except urllib.error.HTTPError as error:
            raise Refused(error.code, json.load(error)) from error
        if "/desk/articles" in address:
            self.seen[found["id"]] = etag
        return found
