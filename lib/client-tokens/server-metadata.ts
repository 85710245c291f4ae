import { assertionAlgorithms } from "@/lib/client-tokens/assertion";
import { issuer } from "@/lib/signing-keys/issuer";

const algorithms = [...new Set(Object.values(assertionAlgorithms).flat())];

/** What RFC 8414 says of this server. */
export function serverMetadata() {
  const at = (path: string) => `${issuer()}${path}`;
  const endpoint = (name: "token" | "introspection" | "revocation", path: string, more: string[] = []) => ({
    [`${name}_endpoint`]: at(path),
    [`${name}_endpoint_auth_methods_supported`]: ["private_key_jwt", ...more],
    [`${name}_endpoint_auth_signing_alg_values_supported`]: algorithms,
  });
  return {
    issuer: issuer(),
    jwks_uri: at("/.well-known/jwks.json"),
    ...endpoint("token", "/oauth/token"),
    // An access token, as a bearer or as the password, for clients that can send no other header.
    ...endpoint("introspection", "/oauth/introspect", ["Bearer", "client_secret_basic"]),
    ...endpoint("revocation", "/oauth/revoke", ["Bearer"]),
    grant_types_supported: ["client_credentials"],
    response_types_supported: [],
  };
}
