import { errors } from "openid-client";
import { OutgoingError } from "@/lib/platform/outgoing";

/** Why a sign-in failed, as far as the protocol is concerned. */
export type ProtocolFault = "again" | "unreachable" | "settings" | "untrusted";

/** What failed, in our own words: for the log, never with anything that the provider has sent. */
export type Fault = { code: ProtocolFault; reason: string };

/** What is invalid in an answer, by what openid-client 5.7.1 says of it. */
const untrusted: [RegExp, string][] = [
  [/^(unexpected iss|iss (mismatch|missing))/, "the issuer is another one"],
  [/^(aud |aud mismatch|aud is missing)/, "it is meant for another client"],
  [/azp/, "it was issued to another client"],
  [/nonce/, "it does not belong to this sign-in"],
  [/(property sub|sub mismatch|subject)/, "it names another person, or none"],
  [/(expired|exp$|exp |JWT not active|nbf|iat)/, "its time does not fit"],
  [/unexpected JWT alg/, "it is signed by another algorithm"],
  [/(no valid key|multiple matching keys)/, "it is signed by an unknown key"],
  [/signature/, "its signature is not valid"],
  [/id_token/, "it has no ID token"],
];

/** What cannot be verified of an answer, in our words. */
export const untrustedReasons = untrusted.map(([, reason]) => reason);

/** What is invalid in a token, by the message with which it was refused. */
export const wrongIn = (message: string): string =>
  untrusted.find(([words]) => words.test(message))?.[1] ?? "it is malformed";

const again: Fault = { code: "again", reason: "it was started elsewhere, or used already" };
const unreachable: Fault = { code: "unreachable", reason: "the provider does not answer" };

/** Orders what next-auth, openid-client or the network has thrown. */
export function faultOf(error: unknown): Fault {
  const cause = error instanceof Error && error.cause instanceof OutgoingError ? error.cause : error;
  if (cause instanceof OutgoingError)
    return cause.fault === "unreachable" ? unreachable : { code: "settings", reason: cause.message.replace(/\.$/, "") };
  if (error instanceof errors.OPError) return refusedBy(error);
  const message = error instanceof Error ? error.message : "";
  if (/^state |cookie/.test(message)) return again;
  if (error instanceof errors.RPError && /timed out/.test(message)) return unreachable;
  if (isNetwork(error)) return unreachable;
  return { code: "untrusted", reason: `its answer could not be verified: ${wrongIn(message)}` };
}

function refusedBy({ error, response }: InstanceType<typeof errors.OPError>): Fault {
  const status = response?.statusCode ?? 400;
  if (status >= 500) return unreachable;
  if (error === "invalid_grant") return again;
  if (error === "invalid_client" || error === "unauthorized_client")
    return { code: "settings", reason: "the provider does not accept the client id or its secret" };
  return { code: "settings", reason: `the provider refuses with status ${status}` };
}

const isNetwork = (error: unknown) =>
  typeof error === "object" &&
  error !== null &&
  "code" in error &&
  /^(E[A-Z_]+|UND_ERR_\w+|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/.test(
    String(error.code),
  );
