import type { APIRequestContext, APIResponse } from "@playwright/test";

const hiddenInput = /<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g;

/**
 * Asks for a link as a browser without JavaScript would, with a request that names another host. `given`: the headers that
 * name it.
 */
export async function askWithForgedHost(
  request: APIRequestContext,
  name: string,
  given: Record<string, string>,
): Promise<APIResponse> {
  const page = await (await request.get("/forgot-password", { headers: given })).text();
  const hidden = [...page.matchAll(hiddenInput)].map(([, field = "", value = ""]) => [field, decode(value)]);
  return request.post("/forgot-password", { headers: given, multipart: { ...Object.fromEntries(hidden), name } });
}

const decode = (text: string) =>
  text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
