import { openApi } from "@/lib/api/openapi";

/** The description of the interface for programs (P1): what it says holds for everybody, so it is open. */
export function GET(): Response {
  return Response.json(openApi(), { headers: { "cache-control": "public, max-age=300" } });
}
