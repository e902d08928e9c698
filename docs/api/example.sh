#!/bin/sh
# A story from the command line: written, sent once more with another headline, published, corrected.
# NEWSROOM=https://news.example.org TOKEN=nr_… SECTION=world sh example.sh
set -eu
api="$NEWSROOM/api/v1/desk/articles"
answer=$(mktemp) head=$(mktemp)
trap 'rm -f "$answer" "$head"' EXIT

ask() { # method, address, JSON
  curl --silent --show-error --fail-with-body --request "$1" "$2" --data "$3" --output "$answer" --dump-header "$head" \
    --header "Authorization: Bearer $TOKEN" --header "Content-Type: application/json" \
    --header "If-Match: ${etag:-}" || { cat "$answer"; exit 1; }
  # Each act names the state that the one before has left. Who is told 412 reads the story again, and what others did.
  etag=$(sed -n 's/^[Ee][Tt]ag: //p' "$head" | tr -d '\r')
}

ask POST "$api" "{\"headline\": \"The wall\", \"html\": \"<p>It is four metres high.</p>\", \"section\": \"$SECTION\"}"
id=$(sed 's/.*"id": "\([^"]*\)".*/\1/' "$answer")
ask PATCH "$api/$id" '{"headline": "The high wall", "note": "After a call with the port"}'
ask POST "$api/$id/publish" '{}'
ask POST "$api/$id/corrections" '{"text": "The wall is five metres high, not four."}'
curl --silent --fail "$NEWSROOM/api/v1/articles/$id"
