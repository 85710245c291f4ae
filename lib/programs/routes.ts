import type { z } from "zod";
import { answerWith, methodsAt } from "@/lib/api/answer";
import { openApiText } from "@/lib/api/openapi";
import { parseFields, readFields } from "@/lib/api/request";
import type { Throttled } from "@/lib/auth/throttle";
import { bearerOf, credentialOf } from "@/lib/client-tokens/bearer";
import { beat } from "@/lib/client-tokens/heartbeat";
import { introspect } from "@/lib/client-tokens/introspect";
import { revoke } from "@/lib/client-tokens/revoke";
import { serverMetadata } from "@/lib/client-tokens/server-metadata";
import { grantToken } from "@/lib/client-tokens/token";
import { registerClient } from "@/lib/clients/register";
import { heartbeatSchema, registerClientSchema } from "@/lib/clients/schema";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { readForm } from "@/lib/http/form-body";
import { oauthError } from "@/lib/http/oauth-error";
import { problemDetails } from "@/lib/http/problem-details";
import { keepUntilDone } from "@/lib/programs/unfinished";
import { publishedKeys } from "@/lib/signing-keys/published";

/** An address of programs. `throttled`: too many refusals of this kind from one address are refused before any work (S4). */
type ProgramRoute = {
  path: RegExp;
  throttled?: Throttled;
  /** For OPTIONS, where its addresses differ in their methods; null for what is no address. */
  methods?: (request: Request) => string | null;
  /** The caller is anonymous until a token or an assertion is checked. Cookies are never read. */
  answer: (anonymous: Ctx, request: Request) => Promise<Response> | Response;
  /** What anything that was thrown is answered with. */
  fails: (error: unknown, requestId: string | null) => Response;
};

const bodyLimit = 64 * 1024;

/** The requests to these addresses, in the order in which they are matched. Their methods are in lib/connections/methods.ts. */
export const programRoutes: ProgramRoute[] = [
  {
    path: /^\/api\/v1\/clients\/heartbeat$/,
    // C12. A server that stops writes first what it has answered.
    async answer(anonymous, request) {
      const report = () => readInput(heartbeatSchema, request);
      const { directives, written } = await beat(anonymous, bearerOf(request.headers), report);
      keepUntilDone(written);
      return uncached(directives);
    },
    fails: problemDetails,
  },
  {
    path: /^\/api\/v1\/clients\/register$/,
    // C11: by a one-time token.
    async answer(anonymous, request) {
      return uncached(await registerClient(anonymous, await readInput(registerClientSchema, request)), 201);
    },
    fails: problemDetails,
  },
  {
    path: /^\/api\/v1\/openapi\.json$/,
    // P1: what it says applies to everybody, so it is open.
    answer: () =>
      new Response(openApiText(), {
        headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
      }),
    fails: problemDetails,
  },
  {
    path: /^\/api\/v1(\/[^/]+)+$/,
    // Every address of lib/api/table.ts.
    methods: (request) => methodsAt(segmentsBelow("/api/v1/", request)),
    answer: (anonymous, request) => answerWith(anonymous, request, segmentsBelow("/api/v1/", request)),
    fails: problemDetails,
  },
  {
    path: /^\/oauth\/token$/,
    throttled: "client.refuse",
    // C12: by a signed assertion.
    answer: async (anonymous, request) => uncached(await grantToken(anonymous, await readForm(request, bodyLimit))),
    fails: oauthError,
  },
  {
    path: /^\/oauth\/introspect$/,
    // RFC 7662: the caller authenticates with an assertion or an access token.
    answer: async (anonymous, request) =>
      uncached(await introspect(anonymous, credentialOf(request.headers), await readForm(request, bodyLimit))),
    fails: oauthError,
  },
  {
    path: /^\/oauth\/revoke$/,
    // RFC 7009, proved in the same way.
    async answer(anonymous, request) {
      await revoke(anonymous, credentialOf(request.headers), await readForm(request, bodyLimit));
      return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
    },
    fails: oauthError,
  },
  {
    path: /^\/\.well-known\/oauth-authorization-server$/,
    // RFC 8414: where what is.
    answer: () => cacheable(serverMetadata()),
    fails: problemDetails,
  },
  {
    path: /^\/\.well-known\/jwks\.json$/,
    // C12: by which keys the product's services check access tokens.
    answer: async ({ db }) => cacheable({ keys: await publishedKeys(db) }),
    fails: problemDetails,
  },
  {
    path: /^\/(api\/v1|oauth)(\/.*)?$/,
    // Whatever else is asked there was asked by a program, which can do nothing with a page.
    answer() {
      throw new AppError("not_found", "There is nothing at this address.");
    },
    fails: problemDetails,
  },
];

const readInput = async <S extends z.ZodType>(schema: S, request: Request) =>
  parseFields(schema, (await readFields(request, bodyLimit)).fields);

const uncached = (value: unknown, status = 200) =>
  Response.json(value, { status, headers: { "cache-control": "no-store" } });

/** Everybody may keep it for ten minutes. */
const cacheable = (value: unknown) => Response.json(value, { headers: { "cache-control": "public, max-age=600" } });

/** The segments of the path as they were meant. It was read before, so that each can be decoded. */
const segmentsBelow = (prefix: string, { url }: Request) =>
  new URL(url).pathname.slice(prefix.length).split("/").map(decodeURIComponent);
