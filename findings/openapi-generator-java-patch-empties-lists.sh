#!/usr/bin/env bash
# OpenAPI Generator 7.25.0 (Maven Central, openapi-generator-cli), generator `java` with its default library okhttp-gson.
# Needs Java 17 and Maven; fetches about 40 MB.
#
# Good guess: a generated client whose PATCH body sets one field sends that field, so that every other one keeps its value, and a field that was set
# to null is sent as null, since the description allows it.
# Behaviour: every list that was not set is sent as `[]`, which takes away all roles, members or permissions where a list stands for the whole. The same
# call through the generator `python` sends the one field. And the null that was set is left out, so that nothing is taken away where that was meant
# (the library `native` sends it, and the empty lists as well).
# Output seen: default {"lastName":"Baker","roleIds":[]}; with containerDefaultToNull=true {"lastName":"Baker"}.
# Known upstream as a wish that became an option: OpenAPITools/openapi-generator issue 1861; the null: issue 12549 and others.
# Cure: `--additional-properties=containerDefaultToNull=true`, and look at one PATCH as it is sent before the client is used on real data.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
  -Dartifact=org.openapitools:openapi-generator-cli:7.25.0 -DoutputDirectory="$folder" >/dev/null
cat >openapi.json <<'JSON'
{
  "openapi": "3.1.0",
  "info": { "title": "Users", "version": "1" },
  "paths": {
    "/users/{id}": {
      "patch": {
        "operationId": "userUpdate",
        "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
        "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/UserUpdate" } } } },
        "responses": { "204": { "description": "Done." } }
      }
    }
  },
  "components": {
    "schemas": {
      "UserUpdate": {
        "type": "object",
        "properties": {
          "lastName": { "type": "string" },
          "roleIds": { "type": "array", "items": { "type": "string" } },
          "managerId": { "type": ["string", "null"] }
        }
      }
    }
  }
}
JSON
cat >Run.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.DefaultApi;
import org.openapitools.client.model.UserUpdate;

public class Run {
  public static void main(String[] args) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> {
      System.out.println(new String(exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    });
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    ApiClient client = new ApiClient();
    client.setBasePath(address);
    new DefaultApi(client).userUpdate("1", new UserUpdate().lastName("Baker").managerId(null));
    System.exit(0);
  }
}
JAVA
sent() { # options
  rm -rf client classes
  java -jar openapi-generator-cli-7.25.0.jar generate -i openapi.json -g java -o client \
    --additional-properties="hideGenerationTimestamp=true$1" >generated.log 2>&1 || { cat generated.log >&2; return 1; }
  [ -d jars ] || mvn -q -B -f client/pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
    -DincludeScope=compile -DoutputDirectory="$folder/jars" >built.log 2>&1 || { cat built.log >&2; return 1; }
  find client/src/main -name '*.java' -print0 | xargs -0 javac -nowarn -cp 'jars/*' -d classes Run.java >built.log 2>&1 || { cat built.log >&2; return 1; }
  java -cp 'classes:jars/*' Run
}
expect() { # what it is, what was sent, what was seen
  echo "$1: $2"
  [ "$2" = "$3" ] || { echo "the behaviour has changed: $3 was sent before" >&2; exit 1; }
}
expect "default" "$(sent '')" '{"lastName":"Baker","roleIds":[]}'
expect "containerDefaultToNull" "$(sent ,containerDefaultToNull=true)" '{"lastName":"Baker"}'
