import { BodyError, readBytes } from "@/lib/http/json-body";

export type Form = Record<string, string | undefined>;

/** A form of at most `limit` bytes, in which each parameter occurs once at most (RFC 6749, 3.2). Throws BodyError. */
export async function readForm(request: Request, limit: number): Promise<Form> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded")
    throw new BodyError(415, "not-a-form", "Send the body as application/x-www-form-urlencoded.");
  const pairs = [...new URLSearchParams((await readBytes(request, limit)).toString("utf8"))];
  const form = new Map(pairs);
  if (form.size !== pairs.length)
    throw new BodyError(400, "repeated-parameter", "A parameter appears more than once in the body.");
  return Object.assign(Object.create(null), Object.fromEntries(form));
}
