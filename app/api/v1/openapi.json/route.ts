import { openApiText } from "@/lib/api/openapi";

/** The description of the interface for programs (P1): what it says holds for everybody, so it is open. */
export function GET(): Response {
  return new Response(openApiText(), {
    headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
  });
}
