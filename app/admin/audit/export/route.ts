import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import { type ExportFormat, exportEvents, exportFormats } from "@/lib/audit-log/export";
import { readAuditFilters } from "@/lib/audit-log/filters";
import { requireOperation } from "@/lib/auth/current";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { currentZone } from "@/lib/auth/zone";
import { auditExportShare } from "@/lib/capacity/heavy-work";
import { AppError } from "@/lib/errors";
import { problemDetails } from "@/lib/http/problem-details";
import { streamIn } from "@/lib/http/text-stream";
import { dayOf } from "@/lib/time/calendar";

const csv = { type: "text/csv; charset=utf-8; header=present", end: "csv" };
const files: Record<ExportFormat, { type: string; end: string }> = {
  csv,
  spreadsheet: csv,
  ndjson: { type: "application/x-ndjson; charset=utf-8", end: "ndjson" },
};

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
    if (ignored.length > 0) throw new AppError("invalid", `Unknown filter: ${ignored.join(", ")}.`);
    const place = auditExportShare.take(ctx.actor.id);
    const body = await streamIn(place, () => exportEvents(ctx, { filters, zone }, format));
    return new Response(body, {
      headers: {
        "content-type": files[format].type,
        "content-disposition": `attachment; filename="audit-log-${dayOf(ctx.now(), zone)}.${files[format].end}"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "stale")
      redirect(withNext("/account/confirm", ownPath(request.nextUrl.pathname + request.nextUrl.search)));
    return problemDetails(error, ctx.source.requestId);
  }
}
