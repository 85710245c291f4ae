import { BodyError, readBytes } from "@/lib/http/json-body";

type Asked = { method: string; headers: { get(name: string): string | null } };

/** Whether Next may take this request for a server action: it names one, or is a form that was posted without script. */
export const mayBeAction = ({ method, headers }: Asked): boolean =>
  method === "POST" && (headers.get("next-action") !== null || isForm(headers));

/** What shows without reading the body that no browser of ours sent this action; null where nothing does. */
export function actionFault({ headers }: Asked): BodyError | null {
  const id = headers.get("next-action");
  const type = headers.get("content-type") ?? "";
  if (id !== null && !/^[0-9a-f]{42}$/.test(id))
    return new BodyError(400, "malformed-action", "This request names no action.");
  if (isForm(headers))
    return /^multipart\/form-data\s*;\s*boundary=[\w'()+,./:=?-]{1,70}$/i.test(type)
      ? null
      : new BodyError(400, "malformed-form", "This form has no boundary.");
  return /^text\/plain\s*(;|$)/i.test(type)
    ? null
    : new BodyError(415, "no-action-body", "This request has no action body.");
}

/** Next asks its own server in this way for an action that the page does not have. No page of ours needs one of another. */
export const isForwardedAction = ({ headers }: Asked): boolean => headers.get("x-action-forwarded") !== null;

/** What Next understands as "no such action", and hands on as 409. Read to its end: a body broken off is an uncaught exception there. */
export async function answerForwardedAction(request: Request, limit: number): Promise<Response> {
  await readBytes(request, limit).catch(() => null);
  return new Response("This page does not have that action.\n", {
    status: 409,
    headers: { "content-type": "text/plain", "cache-control": "no-store", "x-nextjs-action-not-found": "1" },
  });
}

/** As Next looks for it, and more: it compares the beginning alone. */
const isForm = (headers: Asked["headers"]) => /^\s*multipart\/form-data/i.test(headers.get("content-type") ?? "");
