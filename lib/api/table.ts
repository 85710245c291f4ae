import { type Endpoint, type Method, methods } from "@/lib/api/endpoint";
import { lists } from "@/lib/api/lists";
import { singleReads } from "@/lib/api/reads";
import { listsOnOnePage } from "@/lib/api/whole-lists";
import { writes } from "@/lib/api/writes";

/** Every address of the API (P1). */
export const endpoints: readonly Endpoint[] = [...singleReads, ...lists, ...listsOnOnePage, ...writes];

export type Found = { endpoint: Endpoint; parameters: Record<string, string> };

/** What an address and a method lead to; else the methods that the address knows, of which there may be none. */
export function findEndpoint(
  method: string,
  path: readonly string[],
  among = endpoints,
): Found | { allowed: string[] } {
  const here = routesOf(among).flatMap(({ endpoint, template }): Found[] => {
    const parameters = parametersIn(template, path);
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

/** The parts of a path: a literal, or the name of the parameter. */
type Template = ({ text: string } | { name: string })[];
type Route = { endpoint: Endpoint; template: Template };

const known = new WeakMap<readonly Endpoint[], Route[]>();

/** Their paths are read once, not at each request. */
function routesOf(among: readonly Endpoint[]): Route[] {
  const routes =
    known.get(among) ?? among.map((endpoint): Route => ({ endpoint, template: templateOf(endpoint.path) }));
  known.set(among, routes);
  return routes;
}

const templateOf = (path: string): Template =>
  path
    .slice(1)
    .split("/")
    .map((part) => {
      const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
      return name ? { name } : { text: part };
    });

function parametersIn(template: Template, path: readonly string[]): Record<string, string> | null {
  if (template.length !== path.length) return null;
  const isHere = template.every((part, place) => "name" in part || part.text === path[place]);
  if (!isHere) return null;
  return Object.fromEntries(
    template.flatMap((part, place) => ("name" in part ? [[part.name, path[place] ?? ""]] : [])),
  );
}
