import { type Client, custom, Issuer } from "openid-client";
import { discovered, type ProviderDocument } from "@/lib/auth/providers/oidc/discovery";
import { OutgoingError, outgoingOptions } from "@/lib/platform/outgoing";

/**
 * What a client of a provider is made of. `connectionId` is another one after each change of these, so the secret is read for a new
 * client alone.
 */
export type Connection = {
  connectionId: string;
  discoveryUrl: string;
  issuer: string;
  clientId: string;
  clientSecret: () => Promise<string>;
  signingAlgorithm: string;
  redirectUri: string;
};

/** Seconds by which two clocks may differ. */
const clockTolerance = 10;

type Kept = { document: ProviderDocument; client: Client };

const mostKept = 200;
const kept = new Map<string, Kept>();

/**
 * The provider's current document. Throws `OutgoingError`, also when it names another issuer than the one that was
 * stored, to the character: that would be somebody else.
 */
export async function documentOf({ discoveryUrl, issuer }: Pick<Connection, "discoveryUrl" | "issuer">) {
  const document = await discovered(discoveryUrl);
  if (document.issuer !== issuer) throw new OutgoingError("answer", "It names another issuer than before.");
  return document;
}

/**
 * The client of a connection, which keeps the provider's keys between sign-ins: they are fetched again for a key that is not known,
 * once a minute at most. Its requests are bounded by lib/platform/outgoing.ts, and by nothing that other providers share.
 */
export async function clientOf(connection: Connection): Promise<Client> {
  const document = await documentOf(connection);
  const known = kept.get(connection.connectionId);
  if (known?.document === document) return known.client;
  const client = makeClient(document, connection, await connection.clientSecret());
  kept.delete(connection.connectionId);
  kept.set(connection.connectionId, { document, client });
  if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? "");
  return client;
}

function makeClient(document: ProviderDocument, connection: Connection, clientSecret: string): Client {
  const issuer = new Issuer(document);
  const client = new issuer.Client({
    client_id: connection.clientId,
    client_secret: clientSecret,
    redirect_uris: [connection.redirectUri],
    response_types: ["code"],
    id_token_signed_response_alg: connection.signingAlgorithm,
  });
  issuer[custom.http_options] = outgoingOptions;
  client[custom.http_options] = outgoingOptions;
  client[custom.clock_tolerance] = clockTolerance;
  return client;
}
