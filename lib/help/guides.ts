import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Block, parseMarkdown } from "@/lib/help/markdown";

export const helpPath = "/help";

/** The pages of `docs/` that Help shows, by their file names. */
export const guides = [
  { slug: "clients", title: "Clients", about: "Install the reference client, run it as a service, or write your own." },
  { slug: "access-tokens", title: "Access tokens", about: "What a token can do, and when it stops." },
  { slug: "api", title: "The API", about: "Lists, errors, writes and dry runs for programs." },
  { slug: "command-line", title: "The command line", about: "The same operations from a terminal." },
  { slug: "scaling", title: "Scaling", about: "Supported databases, several processes, and what costs most." },
  { slug: "rules", title: "Rules", about: "How Gatehouse decides and behaves, rule by rule." },
] as const;

const parsed = new Map<string, Block[]>();

/** The text of a guide, read once; null for an unknown name. */
export function readGuide(slug: string): { title: string; blocks: Block[] } | null {
  const guide = guides.find((one) => one.slug === slug);
  if (!guide) return null;
  const known = parsed.get(slug) ?? parseMarkdown(readFileSync(join(process.cwd(), "docs", `${slug}.md`), "utf8"));
  parsed.set(slug, known);
  return { title: guide.title, blocks: known };
}

/** Where a link in a guide leads: to another guide, or out of Gatehouse. Null for a page of the source that is not shown here. */
export function guideHref(target: string): string | null {
  if (/^(https?:|#)/.test(target)) return target;
  const [file = "", place] = target.split("#");
  const guide = guides.find(({ slug }) => file === `${slug}.md`);
  return guide ? `${helpPath}/${guide.slug}${place ? `#${place}` : ""}` : null;
}
