import { answerFor } from "@/lib/api/answer";
import type { Ctx } from "@/lib/context";
import { problemDetails } from "@/lib/http/problem-details";
import { isRefusal } from "@/lib/http/refusal";
import { databaseRefusal } from "@/lib/platform/unavailable";
import type { Ask } from "../program/ask-server";
import { ownersEndpoints } from "./endpoints";

/** Asks the API itself, as this actor. What is no refusal is thrown. */
export const ownerAsk =
  (ctx: Ctx): Ask =>
  async ({ method, path, query, headers, body }) => {
    const url = new URL(`http://localhost/api/v1${path}`);
    url.search = new URLSearchParams(query).toString();
    const parts = path.slice(1).split("/").map(decodeURIComponent);
    const request = new Request(url, { method, headers, body });
    const answer = await answerFor(ctx, request, parts, ownersEndpoints).catch((fault: unknown) => {
      const error = databaseRefusal(fault) ?? fault;
      if (!isRefusal(error)) throw fault;
      return problemDetails(error, ctx.source.requestId);
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
