import type { z } from "zod";
import { bearerCtx } from "@/lib/api/bearer";
import { dryRunShape } from "@/lib/api/dry-run-shape";
import type { Endpoint, Write } from "@/lib/api/endpoint";
import { digestOf, keyIn } from "@/lib/api/idempotency";
import { declaredIn } from "@/lib/api/json";
import { parseFields, readBody, readDryRun, readQuery } from "@/lib/api/request";
import { endpoints, findEndpoint } from "@/lib/api/table";
import { etagOf, versionIn } from "@/lib/api/versions";
import type { Ctx } from "@/lib/context";
import { BodyError } from "@/lib/http/json-body";
import { problemDetails } from "@/lib/http/problem-details";
import { isProduction } from "@/lib/platform/env";

/** What a program is answered (P1, P3): JSON, or the problem. */
export async function answerWith(anonymous: Ctx, request: Request, path: readonly string[]): Promise<Response> {
  try {
    return await answerFor(await bearerCtx(anonymous, request), request, path);
  } catch (error) {
    const problem = problemDetails(error, anonymous.source.requestId);
    const methods = problem.status === 405 && methodsAt(path);
    if (methods) problem.headers.set("allow", methods);
    return problem;
  }
}

/** The value of `Allow` for an address; null for an unknown one. */
export function methodsAt(path: readonly string[]): string | null {
  const found = findEndpoint("", path);
  return ("allowed" in found && found.allowed.join(", ")) || null;
}

/** For actors that are known already, at these addresses. Throws what is refused. */
export async function answerFor(
  ctx: Ctx,
  request: Request,
  path: readonly string[],
  among: readonly Endpoint[] = endpoints,
): Promise<Response> {
  const found = findEndpoint(request.method === "HEAD" ? "GET" : request.method, path, among);
  if ("allowed" in found) {
    if (found.allowed.length === 0)
      throw new BodyError(404, "unknown-address", "There is no endpoint at this address.");
    throw new BodyError(405, "method-not-allowed", `This address allows ${found.allowed.join(", ")}.`);
  }
  const { endpoint, parameters } = found;
  return endpoint.kind === "read"
    ? answerRead(ctx, endpoint, request, parameters)
    : answerWrite(ctx, endpoint, request, parameters);
}

type Parameters = Record<string, string>;

async function answerRead(ctx: Ctx, endpoint: Endpoint & { kind: "read" }, request: Request, parameters: Parameters) {
  const { searchParams } = new URL(request.url);
  const input = parseFields(endpoint.input, { ...readQuery(searchParams, endpoint.input), ...parameters });
  return json(endpoint.gives, await endpoint.read(ctx, input), 200);
}

async function answerWrite(ctx: Ctx, endpoint: Write, request: Request, parameters: Parameters) {
  const dryRun = readDryRun(new URL(request.url).searchParams);
  const version = versionIn(request.headers.get("if-match"), endpoint.versioned);
  const key = dryRun ? null : keyIn(request);
  const { fields, bytes } = await readBody(request, endpoint);
  const input = parseFields(endpoint.input, { ...fields, ...parameters });
  const once = key === null ? null : { ...principalOf(ctx), key, digest: digestOf(request, bytes) };
  const { body, replayed } = await endpoint.write(ctx, input, { dryRun, version, once });
  const answer = dryRun ? json(dryRunShape, body, 200) : json(endpoint.gives, body, endpoint.status);
  if (replayed) answer.headers.set("idempotent-replayed", "true");
  return answer;
}

/** Whose a key of idempotency is. */
function principalOf({ actor }: Ctx): { principalId: string; ownerId: string } {
  if (actor.id !== null) return { principalId: actor.id, ownerId: actor.access.personId ?? actor.id };
  throw new BodyError(400, "idempotency-key-unknown", "Idempotency-Key works only for requests with an access token.");
}

/** What is declared of a value, as JSON; outside a production build also checked against its types. */
function json(shape: z.ZodType, value: unknown, status: number): Response {
  const body = declaredIn(shape, value);
  if (!isProduction()) shape.parse(JSON.parse(JSON.stringify(body)));
  const etag = etagOf(body);
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...(etag && { etag }) } });
}
