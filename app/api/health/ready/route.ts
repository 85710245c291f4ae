import { readiness } from "@/lib/platform/health";

/** 200 while the database answers, descriptors are left and the process is not draining, else 503. */
export async function GET() {
  const health = await readiness();
  const ready = health.status === "ready";
  return Response.json(health, {
    status: ready ? 200 : 503,
    headers: { "cache-control": "no-store", ...(!ready && { "retry-after": "5" }) },
  });
}
