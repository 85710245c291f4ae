#!/usr/bin/env bash
# mod_auth_openidc 2.4.12.3 and mod_oauth2 3.3.1 (liboauth2 1.4.5.4) in Apache httpd 2.4 of Debian 12 (packages unpacked into the folder), beside a server of
# RFC 7662 by node:https. Needs Node 20 or later, apt-get, openssl and curl.
#
# Good guess: a resource server that introspects a token asks each time, and proves itself with the bearer token that is configured for that.
# Behaviour: mod_auth_openidc does not send the token of OIDCOAuthIntrospectionClientAuthBearerToken with `bearer_access_token` as long as OIDCOAuthClientID and
# OIDCOAuthClientSecret are not set as well, to anything: it takes itself for a public client and asks without proof, which only its debug log says. It
# then keeps an answer until `exp`: a token that was revoked is let in for the rest of its life. OIDCOAuthTokenIntrospectionInterval -1 asks each time.
# mod_oauth2, its successor, knows no bearer token for this at all (its methods are those of a client with a secret, so the token is given as the
# secret of client_secret_basic), and keeps an answer for 300 seconds unless `expiry` says otherwise.
# Output seen: the table that is printed.
set -euo pipefail
folder=$(mktemp -d)
finish() {
  [ -s "$folder/run/pid" ] && kill "$(cat "$folder/run/pid")" 2>/dev/null || true
  [ -n "${server:-}" ] && kill "$server" 2>/dev/null || true
  sleep 1
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
chmod 755 "$folder"
apt-get download apache2-bin libapache2-mod-auth-openidc libapache2-mod-oauth2 libcjose0 liboauth2-0 liboauth2-apache0 libhiredis0.14 \
  libapr1 libaprutil1 libjansson4 libmemcached11 libhashkit2 >/dev/null 2>&1
for package in *.deb; do dpkg-deb -x "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu
openssl req -new -x509 -days 2 -nodes -newkey rsa:2048 -subj /CN=localhost -keyout key.pem -out cert.pem 2>/dev/null
port() { node -e 'const s=require("node:net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }
asked=$(port)
open=$(port)
cat >server.mjs <<'JS'
import { readFileSync } from "node:fs";
import { createServer } from "node:https";

const ended = new Set();
const seen = [];
createServer({ key: readFileSync("key.pem"), cert: readFileSync("cert.pem") }, async (request, response) => {
  let body = "";
  for await (const piece of request) body += piece;
  const { pathname, searchParams } = new URL(request.url, "https://localhost");
  if (pathname === "/end") ended.add(searchParams.get("token"));
  if (pathname === "/seen") return response.end(JSON.stringify(seen.splice(0)));
  if (pathname !== "/introspect") return response.end();
  seen.push((request.headers.authorization ?? "nothing").split(" ")[0]);
  const active = !ended.has(new URLSearchParams(body).get("token"));
  const exp = Math.floor(Date.now() / 1000) + 600;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(active ? { active, sub: "somebody", client_id: "rig", token_type: "Bearer", exp } : { active }));
}).listen(Number(process.argv[2]), "127.0.0.1");
JS
node server.mjs "$asked" &
server=$!
mkdir -p run www/secretless www/kept www/each www/successor www/successor-each
for place in www/*; do echo let in >"$place/page.txt"; done
chmod -R a+rX .
common="OIDCCryptoPassphrase a-passphrase-of-this-test
OIDCOAuthIntrospectionEndpoint https://127.0.0.1:$asked/introspect
OIDCOAuthIntrospectionEndpointAuth bearer_access_token
OIDCOAuthIntrospectionClientAuthBearerToken token-of-the-service
OIDCOAuthSSLValidateServer Off
OIDCOAuthRemoteUserClaim sub"
successor="OAuth2TokenVerify introspect https://127.0.0.1:$asked/introspect introspect.ssl_verify=false&introspect.auth=client_secret_basic&client_id=service&client_secret=token-of-the-service"
cat >httpd.conf <<CONF
ServerRoot $folder
PidFile run/pid
ServerName localhost
Listen 127.0.0.1:$open
ErrorLog run/error.log
DocumentRoot $folder/www
LoadModule mpm_event_module usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authn_core_module usr/lib/apache2/modules/mod_authn_core.so
LoadModule authz_core_module usr/lib/apache2/modules/mod_authz_core.so
LoadModule authz_user_module usr/lib/apache2/modules/mod_authz_user.so
LoadModule auth_openidc_module usr/lib/apache2/modules/mod_auth_openidc.so
LoadModule oauth2_module usr/lib/apache2/modules/mod_oauth2.so
User nobody
Group nogroup
$common
<VirtualHost 127.0.0.1:$open>
  ServerName with-a-secret
  $common
  OIDCOAuthClientID anything
  OIDCOAuthClientSecret anything
  DocumentRoot $folder/www
</VirtualHost>
<VirtualHost 127.0.0.1:$open>
  ServerName without
  DocumentRoot $folder/www
</VirtualHost>
<Location /secretless>
  AuthType oauth20
  Require valid-user
</Location>
<Location /kept>
  AuthType oauth20
  Require valid-user
</Location>
<Location /each>
  AuthType oauth20
  OIDCOAuthTokenIntrospectionInterval -1
  Require valid-user
</Location>
<Location /successor>
  AuthType oauth2
  $successor
  Require valid-user
</Location>
<Location /successor-each>
  AuthType oauth2
  $successor&expiry=0
  Require valid-user
</Location>
CONF
usr/sbin/apache2 -f "$folder/httpd.conf" -k start
sleep 2
visit() { curl -s -o /dev/null -w "%{http_code}" -H "Host: $1" -H "Authorization: Bearer $3" "http://127.0.0.1:$open/$2/page.txt"; }
tell() {
  local token="token-$1-$2" first second
  first=$(visit "$1" "$2" "$token")
  curl -sk "https://127.0.0.1:$asked/end?token=$token" >/dev/null
  second=$(visit "$1" "$2" "$token")
  echo "$2: $first, after its end $second; proved itself by $(curl -sk "https://127.0.0.1:$asked/seen")" | tee -a seen.txt
}
tell without secretless
tell with-a-secret kept
tell with-a-secret each
tell without successor
tell without successor-each
diff seen.txt - <<'EXPECTED'
secretless: 200, after its end 200; proved itself by ["nothing"]
kept: 200, after its end 200; proved itself by ["Bearer"]
each: 200, after its end 401; proved itself by ["Bearer","Bearer"]
successor: 200, after its end 200; proved itself by ["Basic"]
successor-each: 200, after its end 401; proved itself by ["Basic","Basic"]
EXPECTED
echo "Seen as described."
