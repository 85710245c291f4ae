import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { acceptsEncoding } from "@/lib/http/accepted-encoding";

/** How the build has compressed them, the smaller first. */
export const compressions = { br: ".br", gzip: ".gz" } as const;
export const compressedFolder = join(".next", "compressed");

const types: Record<string, string> = {
  js: "application/javascript; charset=UTF-8",
  css: "text/css; charset=UTF-8",
};
const served = /^\/_next\/static\/chunks\/([\w.~-]+\.(js|css))$/;

/**
 * Scripts and styles as the build compressed them: smaller than what is compressed again for each reader, and without its
 * work. What it gives answers a request, or gives false and leaves it to Next: a part, a reader without compression, a file
 * that is not there.
 */
export function compressedFiles(folder: string) {
  const kept = new Map<string, Buffer | null>();

  function read(name: string): Buffer | null {
    const found = kept.get(name);
    if (found !== undefined) return found;
    const bytes = bytesOf(join(folder, name));
    // Names that nobody has are not remembered: there is no end of them.
    if (bytes) kept.set(name, bytes);
    return bytes;
  }

  return function send(request: IncomingMessage, response: ServerResponse, path: string): boolean {
    const [, name, kind = ""] = served.exec(path) ?? [];
    if (!name || request.headers.range) return false;
    for (const [encoding, ending] of Object.entries(compressions)) {
      const bytes = acceptsEncoding(request.headers["accept-encoding"], encoding) ? read(name + ending) : null;
      if (!bytes) continue;
      response.writeHead(200, {
        "cache-control": "public, max-age=31536000, immutable",
        "content-type": types[kind],
        "content-encoding": encoding,
        "content-length": bytes.length,
        vary: "Accept-Encoding",
      });
      response.end(request.method === "HEAD" ? "" : bytes);
      return true;
    }
    return false;
  };
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(/*turbopackIgnore: true*/ path);
  } catch {
    return null;
  }
}
