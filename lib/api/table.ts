import { type Endpoint, type Method, methods } from "@/lib/api/endpoint";
import { lists } from "@/lib/api/lists";
import { singleReads } from "@/lib/api/reads";
import { listsOnOnePage } from "@/lib/api/whole-lists";
import { writes } from "@/lib/api/writes";

/** Every address of the interface for programs (P1). */
export const endpoints: readonly Endpoint[] = [...singleReads, ...lists, ...listsOnOnePage, ...writes];

export type Found = { endpoint: Endpoint; parameters: Record<string, string> };

/** What an address and a method lead to; else the methods that the address knows, of which there may be none. */
export function findEndpoint(
  method: string,
  path: readonly string[],
  among = endpoints,
): Found | { allowed: string[] } {
  const here = among.flatMap((endpoint): Found[] => {
    const parameters = parametersIn(endpoint.path, path);
    return parameters ? [{ endpoint, parameters }] : [];
  });
  const found = here.find(({ endpoint }) => endpoint.method === method);
  return found ?? { allowed: allowedOf(here.map(({ endpoint }) => endpoint.method)) };
}

function allowedOf(known: Method[]): string[] {
  if (known.length === 0) return [];
  return [
    ...methods.flatMap((one) => (!known.includes(one) ? [] : one === "GET" ? ["GET", "HEAD"] : [one])),
    "OPTIONS",
  ];
}

function parametersIn(template: string, path: readonly string[]): Record<string, string> | null {
  const parts = template.slice(1).split("/");
  if (parts.length !== path.length) return null;
  const parameters: Record<string, string> = {};
  for (const [place, part] of parts.entries()) {
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    const value = path[place] ?? "";
    if (name) parameters[name] = value;
    else if (part !== value) return null;
  }
  return parameters;
}
