import type { z } from "zod";
import { bearerCtx } from "@/lib/api/bearer";
import type { Endpoint, Write } from "@/lib/api/endpoint";
import { digestOf, keyIn } from "@/lib/api/idempotency";
import { shaped } from "@/lib/api/json";
import { parseFields, readBody, readDryRun, readQuery } from "@/lib/api/request";
import { dryRunShape } from "@/lib/api/shapes";
import { findEndpoint } from "@/lib/api/table";
import { etagOf, versionIn } from "@/lib/api/versions";
import { anonymousCtx } from "@/lib/auth/current";
import type { TokenActor } from "@/lib/authz/principal";
import type { Ctx } from "@/lib/context";
import { BodyError } from "@/lib/http/json-body";
import { problemDetails } from "@/lib/http/problem-details";

/** What a program is answered (P1, P3): JSON, or the problem. */
export async function answerProgram(request: Request, path: readonly string[]): Promise<Response> {
  return answerWith(await anonymousCtx(), request, path);
}

/** The same for a context that is known. */
export async function answerWith(anonymous: Ctx, request: Request, path: readonly string[]): Promise<Response> {
  let allowed: string[] = [];
  try {
    const ctx = await bearerCtx(anonymous, request);
    const found = findEndpoint(request.method === "HEAD" ? "GET" : request.method, path);
    if ("allowed" in found) {
      allowed = found.allowed;
      if (allowed.length === 0) throw new BodyError(404, "unknown-address", "There is nothing at this address.");
      throw new BodyError(405, "method-not-allowed", `This address knows ${allowed.join(", ")}.`);
    }
    const { endpoint, parameters } = found;
    return endpoint.kind === "read"
      ? await answerRead(ctx, endpoint, request, parameters)
      : await answerWrite(ctx, endpoint, request, parameters);
  } catch (error) {
    const problem = problemDetails(error, anonymous.source.requestId);
    if (problem.status === 405) problem.headers.set("allow", allowed.join(", "));
    return problem;
  }
}

type Parameters = Record<string, string>;

async function answerRead(ctx: Ctx, endpoint: Endpoint & { kind: "read" }, request: Request, parameters: Parameters) {
  const { searchParams } = new URL(request.url);
  const input = parseFields(endpoint.input, { ...readQuery(searchParams, endpoint.input), ...parameters });
  return json(endpoint.gives, await endpoint.read(ctx, input), 200);
}

async function answerWrite(ctx: Ctx<TokenActor>, endpoint: Write, request: Request, parameters: Parameters) {
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

const principalOf = ({ actor }: Ctx<TokenActor>) => ({
  principalId: actor.id,
  ownerId: actor.access.personId ?? actor.id,
});

/** As JSON, and of that what is declared. */
function json(shape: z.ZodType, value: unknown, status: number): Response {
  const body = shaped(shape, value);
  const etag = etagOf(body);
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...(etag && { etag }) } });
}
