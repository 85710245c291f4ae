import { referenceClient } from "@/lib/clients/reference-client";

/** C14: for everybody, since a machine fetches it before it is known. The token's dialog says what it has to hash to. */
export function GET(): Response {
  return new Response(referenceClient().text, { headers: { "content-type": "text/javascript; charset=utf-8" } });
}
