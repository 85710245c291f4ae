import type { IncomingMessage, ServerResponse } from "node:http";
import { cookieName, decryptSessionId } from "@/lib/auth/cookie";
import { findSession } from "@/lib/auth/session";
import { tarpit } from "@/lib/auth/tarpit";
import { pictureUploadShare } from "@/lib/capacity/heavy-work";
import { AppError } from "@/lib/errors";
import { describeRefusal, isRefusal, type Refusal } from "@/lib/http/refusal";
import { pathOf } from "@/lib/http/target";
import { db } from "@/lib/platform/db";

type Ask = Pick<IncomingMessage, "headers">;

/** Bytes that anybody may send, signed in or not. */
const plainBody = 1_048_576;

const isUpload = ({ method, url }: IncomingMessage) => method === "POST" && pathOf(url) === "/account/picture";

/**
 * The doorway of the one large upload, a picture. Next holds the body of every request in memory before a route can refuse it,
 * so a place is taken here, before a byte is read: one for each person, and a number in all.
 */
export function gateUpload(
  request: IncomingMessage,
  response: ServerResponse,
  next: () => boolean,
  { personOf, hold }: Doorway = { personOf: signedInPerson, hold: tarpit },
): boolean {
  if (!isUpload(request)) return next();
  void decide(request, response, personOf).then(async (refusal) => {
    if (response.destroyed) return;
    if (!refusal) return void next();
    await hold();
    refuse(response, refusal);
  });
  return true;
}

type Doorway = {
  /** The id of the person whose open session a request names; null for nobody. */
  personOf: (request: Ask) => Promise<string | null>;
  /** Waits before a refusal, so that who asks again with every answer asks less often. */
  hold: () => Promise<void>;
};

async function decide(request: Ask, response: ServerResponse, personOf: Doorway["personOf"]): Promise<Refusal | null> {
  try {
    const person = await personOf(request);
    if (response.destroyed) return null;
    if (person) response.once("close", pictureUploadShare.take(person));
    else if (!(Number(request.headers["content-length"]) <= plainBody))
      throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
    return null;
  } catch (error) {
    // What the database could not do is answered where everything else is.
    return isRefusal(error) ? error : null;
  }
}

/** As the form reads it. What is left of the body is read and dropped by Node, so that the browser gets to the answer. */
function refuse(response: ServerResponse, refusal: Refusal) {
  const { status, headers } = describeRefusal(refusal);
  const code = refusal instanceof AppError ? refusal.code : "invalid";
  const body = JSON.stringify({ ok: false, code, message: refusal.message });
  response.writeHead(status, { ...headers, "content-type": "application/json", "cache-control": "no-store" });
  response.end(body);
}

async function signedInPerson({ headers }: Ask): Promise<string | null> {
  const cookies = (headers.cookie ?? "").split(";").map((pair) => pair.trim());
  const value = cookies.find((pair) => pair.startsWith(`${cookieName()}=`))?.slice(cookieName().length + 1);
  const id = await decryptSessionId(value);
  const session = id ? await findSession(db(), id, new Date()) : null;
  return session?.stage === "open" ? session.user.id : null;
}
