import { redirect } from "next/navigation";
import { exportOwnData } from "@/lib/account/export";
import { currentCtx } from "@/lib/auth/current";
import { withNext } from "@/lib/auth/next-path";
import { currentZone } from "@/lib/auth/zone";
import { ownDataShare } from "@/lib/capacity/heavy-work";
import { AppError } from "@/lib/errors";
import { problemDetails } from "@/lib/http/problem-details";
import { streamIn } from "@/lib/http/text-stream";
import { dayOf } from "@/lib/time/calendar";

/** One's own data as a file, sent while it is read. */
export async function GET(request: Request): Promise<Response> {
  try {
    const ctx = await currentCtx();
    if (request.headers.get("sec-fetch-site") === "cross-site")
      throw new AppError("forbidden", "This request came from another site.");
    const day = dayOf(ctx.now(), await currentZone());
    const body = await streamIn(ownDataShare.take(ctx.actor.id), () => exportOwnData(ctx));
    return new Response(body, {
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": `attachment; filename="my-data-${day}.json"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "stale") redirect(withNext("/account/confirm", "/account/data"));
    return problemDetails(error, request.headers.get("x-request-id"));
  }
}
