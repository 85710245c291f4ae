import { serverMetadata } from "@/lib/client-tokens/server-metadata";

/** RFC 8414: where what is. Read when it is asked, since a build knows no public address. */
export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json(serverMetadata(), { headers: { "cache-control": "public, max-age=600" } });
}
