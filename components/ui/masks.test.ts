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

const sheets: [sheet: string, icons: LucideIcon[]][] = [
  ["users/user-icons.css", [CircleCheck, Mail, Ban, Lock, Archive, UsersRound]],
  ["access/may-do.css", [Check, X]],
  ["organisation/tree-nodes.css", [ChevronRight]],
];

test.each(sheets)("%s draws its icons as Lucide does", (sheet, icons) => {
  const css = readFileSync(join(import.meta.dirname, "..", sheet), "utf8");
  const drawn = [...css.matchAll(/url\("data:image\/svg\+xml,([^"]*)"\)/g)].map(([, image = ""]) =>
    inner(
      decodeURIComponent(image)
        .replace(/'/g, '"')
        .replace(/<(\w+) ([^>]*)\/>/g, "<$1 $2></$1>"),
    ),
  );
  expect(drawn).toEqual(icons.map((icon) => inner(renderToStaticMarkup(createElement(icon)))));
});
