import { z } from "zod";
import { type Fetched, fetchDocument, OutgoingError, requireOutgoing } from "@/lib/platform/outgoing";

/** OpenID Connect Discovery 1.0, section 4: the path below the issuer. */
export const discoveryPath = "/.well-known/openid-configuration";

/** By which an ID token may be signed, in the order in which one is chosen. Never `none`, never a shared secret. */
const signingAlgorithms = [
  ...["RS256", "ES256", "EdDSA", "PS256", "ES384", "ES512"],
  ...["RS384", "RS512", "PS384", "PS512"],
];

const endpoint = z.url().refine(isReachable);
const texts = z.array(z.string()).optional();

function isReachable(address: string): boolean {
  try {
    return Boolean(requireOutgoing(address));
  } catch {
    return false;
  }
}

const documentSchema = z.object({
  issuer: z.string().min(1).max(500),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  userinfo_endpoint: endpoint.optional(),
  end_session_endpoint: endpoint.optional(),
  id_token_signing_alg_values_supported: texts,
  token_endpoint_auth_methods_supported: texts,
  code_challenge_methods_supported: texts,
  authorization_response_iss_parameter_supported: z.boolean().optional(),
  backchannel_logout_supported: z.boolean().optional(),
});

/** What a provider says of itself, as far as Gatehouse asks. */
export type ProviderDocument = z.output<typeof documentSchema>;

/** In milliseconds. */
const lifetime = { least: 5 * 60_000, usual: 60 * 60_000, most: 24 * 60 * 60_000 };

/** The issuer that the document of this address must name; a slash at the end of the issuer is its own affair. */
const namesItself = (issuer: string, address: string) =>
  (issuer.endsWith("/") ? issuer.slice(0, -1) : issuer) + discoveryPath === address;

/**
 * Reads the document of a provider (OpenID Connect Discovery 1.0). Throws `OutgoingError`: its sentence is ours, and contains
 * nothing that the address has answered but its issuer.
 */
export async function discover(address: string): Promise<ProviderDocument> {
  return read(address, await fetchDocument(address));
}

function read(address: string, { body }: Fetched): ProviderDocument {
  const parsed = documentSchema.safeParse(jsonOf(body));
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".");
    throw new OutgoingError(
      "answer",
      field
        ? `The document at this address has no usable "${field}".`
        : "There is no discovery document at this address.",
    );
  }
  if (!namesItself(parsed.data.issuer, address))
    throw new OutgoingError(
      "answer",
      `The document at this address names another issuer: ${shown(parsed.data.issuer)}`,
    );
  return parsed.data;
}

const shown = (text: string) => text.replace(/\p{C}/gu, "").slice(0, 200);

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** RS256 where it is offered, since OpenID Connect Core 1.0 requires it of everybody; else the first of ours that is offered. */
export function algorithmOf({ id_token_signing_alg_values_supported: offered = ["RS256"] }: ProviderDocument) {
  return signingAlgorithms.find((one) => offered.includes(one)) ?? null;
}

type Kept = { document: Promise<ProviderDocument>; until: number };

const mostKept = 200;
const kept = new Map<string, Kept>();

/** The same from the cache, as long as its `Cache-Control` says: at least 5 minutes, at most a day, else an hour. */
export function discovered(address: string, now = Date.now()): Promise<ProviderDocument> {
  const known = kept.get(address);
  if (known && known.until > now) return known.document;
  const entry: Kept = { document: load(address), until: now + lifetime.least };
  kept.delete(address);
  kept.set(address, entry);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? "");
  entry.document.catch(() => kept.get(address) === entry && kept.delete(address));
  return entry.document;

  async function load(from: string): Promise<ProviderDocument> {
    const fetched = await fetchDocument(from);
    entry.until = now + lifetimeOf(fetched.headers["cache-control"]);
    return read(from, fetched);
  }
}

export function lifetimeOf(header: string | undefined): number {
  const seconds = /(?:^|[\s,])max-age=(\d{1,9})/.exec(header ?? "")?.[1];
  if (seconds === undefined) return lifetime.usual;
  return Math.min(Math.max(Number(seconds) * 1000, lifetime.least), lifetime.most);
}

/** After a save: the next sign-in reads the document again. */
export const forgetDiscovery = (address: string) => kept.delete(address);
