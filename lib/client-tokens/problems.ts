import { AppError } from "@/lib/errors";

/** Why a client does not get in: a stable name for programs, and a sentence by which somebody can act. */
const refuse = (problem: string, sentence: string) =>
  new AppError("unauthenticated", sentence, { details: { problem } });

/** One answer for an id that nobody has, a key that was replaced and a signature by another one: nothing is proved yet. */
export const unknownKey = () =>
  refuse(
    "unknown-key",
    "This key does not belong to a registered client. A client that was given a new provision token must register with it.",
  );

export const noAssertion = () =>
  refuse("no-assertion", "Authenticate with client_assertion, signed with the key of the client (private_key_jwt).");

export const malformedAssertion = (what: string) => refuse("malformed-assertion", `The client assertion ${what}.`);

export const wrongAudience = (issuer: string) =>
  refuse("wrong-audience", `The audience of the client assertion must be exactly ${issuer}.`);

/** `seconds`: how far the clock of the client is ahead; negative: behind. */
export const clockOff = (seconds: number) =>
  refuse(
    "clock-off",
    `The clock of this machine is ${Math.abs(seconds)} seconds ${seconds > 0 ? "ahead of" : "behind"} that of Gatehouse, or the client assertion was made that long ago. Set the clock and create a new one.`,
  );

export const tooLong = (seconds: number) =>
  refuse("assertion-too-long", `The client assertion can be valid for at most ${seconds} seconds from now.`);

export const replayed = () =>
  refuse("assertion-replayed", "This client assertion has already been used. Create a new one with another jti.");

/** The same of a bearer token, for /oauth by the name of RFC 6750. */
const refuseBearer = (problem: string, sentence: string) =>
  new AppError("unauthenticated", sentence, { details: { problem, oauth: "invalid_token" } });

export const noToken = () => refuseBearer("no-token", "Send the access token of the client as a bearer token.");

export const deadToken = () =>
  refuseBearer("token-ended", "This access token is unknown or has ended. Request another one from /oauth/token.");

export const disconnected = (name: string) =>
  refuseBearer("disconnected", `The tokens of ${name} were ended. It can request another one from /oauth/token.`);

export const tokenReplaced = (name: string) =>
  refuseBearer("token-replaced", `${name} was given a new provision token. Register it with that.`);

/** A refusal of a caller that asks about tokens, with a challenge for the way in which it authenticated (RFC 6749, 5.2; RFC 6750, 3). */
export const challenged = ({ message, details }: AppError, challenge: "Bearer" | "Basic") =>
  new AppError("unauthenticated", message, {
    details: { ...(details as object), challenge, oauth: challenge === "Bearer" ? "invalid_token" : "invalid_client" },
  });

export const noCredential = (challenge: "Bearer" | "Basic") =>
  challenged(
    refuse(
      "no-credential",
      "Send an access token of Gatehouse as a bearer token or as the password of HTTP Basic, or a client assertion.",
    ),
    challenge,
  );

export const twoCredentials = () =>
  new AppError("invalid", "Authenticate either in the header Authorization or with client_assertion.", {
    details: { problem: "invalid-request" },
  });

export const mayNotIntrospect = (name: string, challenge: "Bearer" | "Basic") =>
  new AppError("forbidden", `The token "${name}" does not carry "token.introspect", or its owner no longer holds it.`, {
    details: { problem: "operation-missing", oauth: "insufficient_scope", challenge },
  });

export const clientsAlone = () =>
  new AppError(
    "forbidden",
    "Only a client ends its own tokens here. An access token is revoked in the console, or with /api/v1/tokens.",
    { details: { problem: "client-required" } },
  );

/** The name by which a program distinguishes it. */
export const problemOf = ({ details }: AppError) => (details as { problem?: string } | undefined)?.problem ?? null;
