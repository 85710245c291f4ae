#!/usr/bin/env bash
# nginx 1.22.1, Apache 2.4.71, HAProxy 2.6.12 and Caddy 2.6.2 of Debian 12, unpacked into the folder. Needs Node 20 or later, apt-get and curl.
#
# Good guess: a proxy hands on the `ETag` of a JSON answer, so that a program which sends it back as `If-Match` overwrites nothing; and if compressing
# does anything to it, `Cache-Control: no-transform` prevents that (RFC 9111, 5.2.2.6).
# Behaviour: where the proxy compresses, nginx and HAProxy make the tag weak, which by RFC 9110, 13.1.1, never matches `If-Match`, and Apache writes
# `-gzip` into it. None of them undoes it in the request, so a server that compares tags as the RFC says answers 412 to every change, as if somebody
# else had changed the thing: always through the proxy, never in tests without it, and only for programs that accept gzip, which most libraries do
# and curl does not. Of the four only HAProxy heeds `no-transform`. Caddy 2.6 leaves the tag as it is.
# Output seen: the table that is printed: nginx W/"7", apache "7-gzip", haproxy W/"7" (with no-transform "7"), caddy "7".
# Known for If-None-Match, where it only costs a 304: Apache bug 45023 and its DeflateAlterETag; for nginx hapijs/hapi issue 3956.
# Cure: compare the version inside the tag, or leave JSON out of what the proxy compresses and compress it in the application.
set -euo pipefail
folder=$(mktemp -d)
started=()
finish() {
  for one in "${started[@]}"; do kill "$one" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
apt-get download nginx apache2-bin libapr1 libaprutil1 haproxy liblua5.3-0 libopentracing1 libopentracing-c-wrapper0 caddy >/dev/null 2>&1
for package in *.deb; do dpkg-deb -x "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu:$folder/usr/lib/aarch64-linux-gnu HOME=$folder
mkdir work
read -r app nginx apache haproxy caddy < <(node -e '
  const { createServer } = require("node:net");
  const open = () => new Promise((done) => { const one = createServer().listen(0, "127.0.0.1", () => done(one)); });
  Promise.all([open(), open(), open(), open(), open()]).then((all) => {
    console.log(all.map((one) => one.address().port).join(" "));
    for (const one of all) one.close();
  });')
cat >app.mjs <<'JS'
import { createServer } from "node:http";
createServer((request, response) => {
  const kept = request.url === "/no-transform" ? "no-store, no-transform" : "no-store";
  response.writeHead(200, { "content-type": "application/json", etag: '"7"', "cache-control": kept });
  response.end(JSON.stringify({ text: "x".repeat(800), ifMatch: request.headers["if-match"] ?? null }));
}).listen(Number(process.argv[2]), "127.0.0.1");
JS
cat >nginx.conf <<CONF
daemon off; pid $folder/nginx.pid; error_log $folder/nginx.log; worker_processes 1;
events {}
http {
  access_log off; client_body_temp_path work/1; proxy_temp_path work/2; fastcgi_temp_path work/3; uwsgi_temp_path work/4; scgi_temp_path work/5;
  gzip on; gzip_types application/json;
  server { listen 127.0.0.1:$nginx; location / { proxy_pass http://127.0.0.1:$app; } }
}
CONF
{
  printf '%s\n' "ServerRoot $folder" "ServerName localhost" "Listen 127.0.0.1:$apache" "PidFile $folder/apache.pid" "ErrorLog $folder/apache.log"
  printf '%s\n' "DefaultRuntimeDir $folder" "Mutex file:$folder/work"
  for module in mpm_event authz_core proxy proxy_http filter deflate; do
    echo "LoadModule ${module}_module usr/lib/apache2/modules/mod_$module.so"
  done
  printf '%s\n' "AddOutputFilterByType DEFLATE application/json" "ProxyPass / http://127.0.0.1:$app/"
} >apache.conf
cat >haproxy.cfg <<CONF
defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
listen all
  bind 127.0.0.1:$haproxy
  compression algo gzip
  compression type application/json
  server app 127.0.0.1:$app
CONF
cat >Caddyfile <<CONF
{
  admin off
  auto_https off
}
http://127.0.0.1:$caddy {
  encode gzip
  reverse_proxy 127.0.0.1:$app
}
CONF
run() { "$@" >>servers.log 2>&1 & started+=($!); }
run node app.mjs "$app"
run usr/sbin/nginx -p "$folder" -c "$folder/nginx.conf" -e "$folder/nginx.log"
run usr/sbin/apache2 -f "$folder/apache.conf" -DFOREGROUND
run usr/sbin/haproxy -f haproxy.cfg
run usr/bin/caddy run --config Caddyfile --adapter caddyfile
for port in "$app" "$nginx" "$apache" "$haproxy" "$caddy"; do
  for _ in $(seq 100); do curl -sf -o work/probe "http://127.0.0.1:$port/" && break; sleep 0.2; done
done
usr/sbin/nginx -v 2>&1; usr/sbin/apache2 -v | sed -n 1p; usr/sbin/haproxy -v | sed -n 1p; usr/bin/caddy version

tag() { # port, path, what is accepted
  curl -s -o work/answer -D - -H "accept-encoding: $3" "http://127.0.0.1:$1$2" | tr -d '\r' | sed -n 's/^etag: //Ip'
}
back() { # what arrives of an If-Match
  curl -s -H "if-match: $2" "http://127.0.0.1:$1/" | node -p 'JSON.parse(require("node:fs").readFileSync(0, "utf8")).ifMatch'
}
row() { # name, port, what was seen
  local changed seen
  changed=$(tag "$2" / gzip)
  seen="gzip $changed, no-transform $(tag "$2" /no-transform gzip), plain $(tag "$2" / identity), arrives as $(back "$2" "$changed")"
  echo "$1: $seen"
  [ "$seen" = "$3" ] || { echo "the behaviour has changed: $3" >&2; exit 1; }
}
row nginx "$nginx" 'gzip W/"7", no-transform W/"7", plain "7", arrives as W/"7"'
row apache "$apache" 'gzip "7-gzip", no-transform "7-gzip", plain "7", arrives as "7-gzip"'
row haproxy "$haproxy" 'gzip W/"7", no-transform "7", plain "7", arrives as W/"7"'
row caddy "$caddy" 'gzip "7", no-transform "7", plain "7", arrives as "7"'
