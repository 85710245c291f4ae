import type { NextRequest } from "next/server";
import { exportEvents, exportFormats } from "@/lib/audit/export";
import { readAuditFilters } from "@/lib/audit/filters";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { dayOf } from "@/lib/calendar";
import { AppError } from "@/lib/errors";
import { problemOf } from "@/lib/problem";

const types = { csv: "text/csv; charset=utf-8; header=present", ndjson: "application/x-ndjson; charset=utf-8" };

/** The events of the current filter as a file, sent while they are read. */
export async function GET(request: NextRequest) {
  const ctx = await requireOperation("audit.export");
  const zone = await currentZone();
  const params = request.nextUrl.searchParams;
  const format = exportFormats.find((known) => known === params.get("format")) ?? "csv";
  const repeated = Object.fromEntries([...params.keys()].map((name) => [name, params.getAll(name)]));
  const { filters, ignored } = readAuditFilters({ ...repeated, after: undefined, before: undefined });
  try {
    if (request.headers.get("sec-fetch-site") === "cross-site")
      throw new AppError("forbidden", "This request came from another site.");
    if (ignored.length > 0) throw new AppError("invalid", `The filter is not understood: ${ignored.join(", ")}.`);
    const pieces = await exportEvents(ctx, { filters, zone }, format);
    return new Response(streamOf(pieces), {
      headers: {
        "content-type": types[format],
        "content-disposition": `attachment; filename="audit-log-${dayOf(ctx.now(), zone)}.${format}"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    return problemOf(error, ctx.source.requestId);
  }
}

/** Reads on only as fast as the other side takes, and stops when it goes away. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(bytes.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
