import { assertionAlgorithms } from "@/lib/client-tokens/assertion";
import { issuer } from "@/lib/signing-keys/issuer";

const authentication = {
  methods: ["private_key_jwt"],
  algorithms: [...new Set(Object.values(assertionAlgorithms).flat())],
};

/** What RFC 8414 says of this server. */
export function serverMetadata() {
  const at = (path: string) => `${issuer()}${path}`;
  const endpoint = (name: "token" | "introspection" | "revocation", path: string) => ({
    [`${name}_endpoint`]: at(path),
    [`${name}_endpoint_auth_methods_supported`]: authentication.methods,
    [`${name}_endpoint_auth_signing_alg_values_supported`]: authentication.algorithms,
  });
  return {
    issuer: issuer(),
    jwks_uri: at("/.well-known/jwks.json"),
    ...endpoint("token", "/oauth/token"),
    ...endpoint("introspection", "/oauth/introspect"),
    ...endpoint("revocation", "/oauth/revoke"),
    grant_types_supported: ["client_credentials"],
    response_types_supported: [],
  };
}
