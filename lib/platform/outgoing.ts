import { lookup as resolve } from "node:dns";
import { type ClientRequestArgs, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Duplex } from "node:stream";
import { env } from "@/lib/platform/env";
import { mayReach } from "@/lib/platform/outgoing-addresses";

/**
 * Requests to addresses that an administrator has typed: https, to public addresses alone, bounded in time and size, and
 * without following a redirect. `GATEHOUSE_PRIVATE_ADDRESSES` names what may be reached besides, loopback also without TLS.
 */
export const outgoingLimits = { milliseconds: 8_000, bytes: 1_048_576 } as const;

/** `address`: refused before anything was sent. `unreachable`: no answer, or not in time. `answer`: not what was asked for. */
export type OutgoingFault = "address" | "unreachable" | "answer";

export class OutgoingError extends Error {
  constructor(
    readonly fault: OutgoingFault,
    message: string,
  ) {
    super(message);
    this.name = "OutgoingError";
  }
}

const bareHost = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, "");

const isLoopback = (host: string) => host === "localhost" || host === "::1" || /^127\./.test(host);

/** Throws unless a request may go to this address, as far as the address itself says; a name is checked when it is resolved. */
export function requireOutgoing(
  address: string | URL,
  named: readonly string[] = env().GATEHOUSE_PRIVATE_ADDRESSES,
): URL {
  if (!URL.canParse(String(address))) throw new OutgoingError("address", "This is not a web address.");
  const url = new URL(address);
  const host = bareHost(url);
  if (url.username || url.password)
    throw new OutgoingError("address", "The address contains a user name or a password.");
  const inTheOpen = url.protocol === "http:" && isLoopback(host) && named.some((entry) => entry === host);
  if (url.protocol !== "https:" && !inTheOpen)
    throw new OutgoingError("address", "The address does not begin with https://.");
  if (isIP(host) !== 0 && !mayReach(host, host, named)) throw new OutgoingError("address", notPublic);
  return url;
}

const notPublic = "The address is not a public one, and GATEHOUSE_PRIVATE_ADDRESSES does not name it.";

/** Of the addresses of a name, those that may be reached. What was resolved is what is connected to. */
const guardedLookup: LookupFunction = (host, options, callback) => {
  resolve(host, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, "", 0);
    const open = found.filter(({ address }) => mayReach(host, address, env().GATEHOUSE_PRIVATE_ADDRESSES));
    const [first] = open;
    if (!first) return callback(new OutgoingError("address", notPublic), "", 0);
    return options.all ? callback(null, open) : callback(null, first.address, first.family);
  });
};

/** Ends a connection that lasts too long or brings too much, whatever its reader waits for. */
function bound<A extends HttpAgent>(agent: A): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options: ClientRequestArgs, callback) => {
    const socket = connect(options, callback);
    if (socket) limit(socket);
    return socket;
  };
  return agent;
}

function limit(socket: Duplex): void {
  const end = (message: string) => socket.destroy(new OutgoingError("unreachable", message));
  const timer = setTimeout(() => end("The answer took too long."), outgoingLimits.milliseconds);
  let bytes = 0;
  socket.on("data", (part: Buffer) => {
    bytes += part.length;
    if (bytes > outgoingLimits.bytes) end("The answer is too long.");
  });
  socket.once("close", () => clearTimeout(timer));
}

const agents = {
  "https:": bound(new HttpsAgent({ keepAlive: false, lookup: guardedLookup })),
  "http:": bound(new HttpAgent({ keepAlive: false, lookup: guardedLookup })),
};

/** What a request of a library is to be made with. Throws for an address to which none may go. */
export function outgoingOptions(address: URL) {
  const url = requireOutgoing(address);
  return {
    agent: agents[url.protocol as keyof typeof agents],
    lookup: guardedLookup,
    timeout: outgoingLimits.milliseconds,
  };
}

export type Fetched = { body: string; headers: IncomingMessage["headers"] };

/** The body of a document, with the headers of the answer. Throws `OutgoingError` for every answer but 200. */
export async function fetchDocument(address: string): Promise<Fetched> {
  const url = requireOutgoing(address);
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((done, fail) => {
    const refuse = (error: Error) =>
      fail(error instanceof OutgoingError ? error : new OutgoingError("unreachable", "The address does not answer."));
    const asked = send(url, { ...outgoingOptions(url), headers: { accept: "application/json" } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("error", refuse);
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        if (answer.statusCode === 200) done({ body: Buffer.concat(parts).toString("utf8"), headers: answer.headers });
        else refuse(new OutgoingError("answer", `The address answers with status ${answer.statusCode}.`));
      });
    });
    asked.on("timeout", () => asked.destroy(new OutgoingError("unreachable", "The answer took too long.")));
    asked.on("error", refuse);
    asked.end();
  });
}
