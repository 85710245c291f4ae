import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  Archive,
  Ban,
  Check,
  ChevronRight,
  CircleCheck,
  Lock,
  type LucideIcon,
  Mail,
  UsersRound,
  X,
} from "lucide-react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

const inner = (markup: string) => markup.replace(/^<svg[^>]*>|<\/svg>$/g, "");

/** By the end of the selector that has the icon. */
const sheets: Record<string, Record<string, LucideIcon>> = {
  "users/user-icons.css": {
    active: CircleCheck,
    invited: Mail,
    disabled: Ban,
    locked: Lock,
    archived: Archive,
    line: UsersRound,
  },
  "access/may-do.css": { may: Check, "not::before": X },
  "organisation/tree-nodes.css": { "arrow:empty::before": ChevronRight },
};
const icons = Object.entries(sheets).flatMap(([sheet, drawn]) =>
  Object.entries(drawn).map(([selector, icon]) => ({ sheet, selector, icon })),
);

test.each(icons)("$sheet draws .$selector as Lucide does", ({ sheet, selector, icon }) => {
  const css = readFileSync(join(import.meta.dirname, "..", sheet), "utf8");
  const [, drawn = ""] = new RegExp(`\\.${selector} \\{[^}]*?url\\("data:image/svg\\+xml,([^"]*)"\\)`).exec(css) ?? [];
  const plain = decodeURIComponent(drawn)
    .replace(/'/g, '"')
    .replace(/<(\w+) ([^>]*)\/>/g, "<$1 $2></$1>");
  expect(inner(plain)).toBe(inner(renderToStaticMarkup(createElement(icon))));
});
