import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Archive, Ban, CircleCheck, Lock, Mail, UsersRound } from "lucide-react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "user-icons.css"), "utf8");
const inner = (markup: string) => markup.replace(/^<svg[^>]*>|<\/svg>$/g, "");
const lucide = { active: CircleCheck, invited: Mail, disabled: Ban, locked: Lock, archived: Archive, line: UsersRound };

test.each(Object.entries(lucide))("the stylesheet draws %s as Lucide does", (name, Icon) => {
  const [, drawn = ""] =
    new RegExp(`\\.${name} \\{\\s*--icon-of: url\\("data:image/svg\\+xml,([^"]*)"\\)`).exec(css) ?? [];
  const plain = decodeURIComponent(drawn)
    .replace(/'/g, '"')
    .replace(/<(\w+) ([^>]*)\/>/g, "<$1 $2></$1>");
  expect(inner(plain)).toBe(inner(renderToStaticMarkup(createElement(Icon))));
});
