#!/usr/bin/env bash
# golang.org/x/oauth2 0.38.0, package clientcredentials. Needs Go 1.25 or later.
#
# Good guess: with `client_assertion` in `EndpointParams`, the only place for it, a program proves itself by private_key_jwt, and the token source gets
# a new token when the old one ends; and the error that comes back is what the server said to the request.
# Behaviour: `EndpointParams` are made once, so every token is asked for with the same assertion. The first comes; a server that looks for replays, as
# RFC 7523 section 3 lets it, refuses the second, when the first has ended: the program works in tests and stops after minutes. And with the
# `AuthStyle` that it has unless told otherwise, any refusal is followed by a second request with the same assertion, whose error is the one returned:
# "used before" in place of what was wrong.
# Output seen: "same params: first ok, second assertion used before", "default AuthStyle, client paused: assertion used before, 2 requests",
# "AuthStyleInParams, client paused: client is paused, 1 requests", "own source: first ok, second ok".
# Known upstream as a method that is not supported: golang/oauth2 issue 744 and pull request 745, open.
# Cure: a TokenSource that makes a Config with a new assertion for each token, inside oauth2.ReuseTokenSource, and AuthStyleInParams; `Source` below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'MOD'
module finding

go 1.25.0

require golang.org/x/oauth2 v0.38.0
MOD
cat >main.go <<'GO'
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

const kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

var made, requests int
var paused bool
var used = map[string]bool{}

// Stands for a signed JWT with a jti of its own: the server below looks at nothing else.
func assertion() string {
	made++
	return fmt.Sprintf("assertion-%d", made)
}

func serve(answer http.ResponseWriter, request *http.Request) {
	requests++
	given := request.PostFormValue("client_assertion")
	refusal := ""
	if paused {
		refusal = "client is paused"
	}
	if used[given] {
		refusal = "assertion used before"
	}
	used[given] = true
	answer.Header().Set("Content-Type", "application/json")
	if refusal != "" {
		answer.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(answer, `{"error": "invalid_client", "error_description": %q}`, refusal)
		return
	}
	// Ends at once, so that the next call needs another.
	fmt.Fprint(answer, `{"access_token": "token", "token_type": "Bearer", "expires_in": 1}`)
}

func config(address string, style oauth2.AuthStyle) *clientcredentials.Config {
	proof := url.Values{"client_assertion_type": {kind}, "client_assertion": {assertion()}}
	return &clientcredentials.Config{ClientID: "client-1", TokenURL: address, AuthStyle: style, EndpointParams: proof}
}

type Source struct{ address string }

func (source Source) Token() (*oauth2.Token, error) {
	return config(source.address, oauth2.AuthStyleInParams).Token(context.Background())
}

func said(source oauth2.TokenSource) string {
	_, err := source.Token()
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) {
		return refused.ErrorDescription
	}
	if err != nil {
		return err.Error()
	}
	return "ok"
}

func expect(seen, before string) {
	fmt.Println(seen)
	if seen != before {
		fmt.Println("the behaviour has changed, before: " + before)
		os.Exit(1)
	}
}

func main() {
	server := httptest.NewServer(http.HandlerFunc(serve))
	defer server.Close()
	ctx := context.Background()

	same := config(server.URL, oauth2.AuthStyleInParams).TokenSource(ctx)
	expect(fmt.Sprintf("same params: first %s, second %s", said(same), said(same)), "same params: first ok, second assertion used before")

	paused = true
	for name, style := range map[string]oauth2.AuthStyle{"default AuthStyle": oauth2.AuthStyleAutoDetect, "AuthStyleInParams": oauth2.AuthStyleInParams} {
		requests = 0
		seen := said(config(server.URL, style).TokenSource(ctx))
		before := map[string]string{"default AuthStyle": "assertion used before, 2 requests", "AuthStyleInParams": "client is paused, 1 requests"}[name]
		expect(fmt.Sprintf("%s, client paused: %s, %d requests", name, seen, requests), name+", client paused: "+before)
	}

	paused = false
	own := oauth2.ReuseTokenSourceWithExpiry(nil, Source{server.URL}, time.Second)
	expect(fmt.Sprintf("own source: first %s, second %s", said(own), said(own)), "own source: first ok, second ok")
}
GO
go mod tidy >/dev/null 2>&1
GOFLAGS=-mod=mod go run .
