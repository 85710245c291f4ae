import { WholeRequest } from "@/lib/http/whole-request";

/** A request that cannot be read as what was asked for: its body, its headers or its method. */
export class BodyError extends Error {
  readonly status: 400 | 404 | 405 | 411 | 412 | 413 | 415 | 422;
  readonly kind: string;

  constructor(status: BodyError["status"], kind: string, message: string) {
    super(message);
    this.name = "BodyError";
    this.status = status;
    this.kind = kind;
  }
}

/** Throws BodyError for a body that does not say that it is JSON. */
export function requireJson(request: Request): void {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new BodyError(415, "not-json", "Send the body as application/json.");
}

/** JSON as its value and as its text. Throws BodyError. */
export function parseJson(bytes: Buffer): { value: unknown; text: string } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { value: JSON.parse(text), text };
  } catch {
    throw new BodyError(400, "malformed-json", "The body is not well-formed JSON in UTF-8.");
  }
}

/** At most `limit` bytes of a request, counted as they arrive. Throws BodyError. */
export async function readBytes(request: Request, limit: number): Promise<Buffer> {
  if (request instanceof WholeRequest) {
    if (request.whole.byteLength > limit) throw tooLarge(limit);
    return request.whole;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || !value) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > limit) {
      await reader?.cancel();
      throw tooLarge(limit);
    }
    chunks.push(value);
  }
}

const tooLarge = (limit: number) => new BodyError(413, "body-too-large", `The body can be at most ${limit / 1024} kB.`);
