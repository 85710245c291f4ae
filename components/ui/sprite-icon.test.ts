import { readFileSync } from "node:fs";
import { join } from "node:path";
import { icons } from "lucide-react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { spriteIcons } from "./sprite-icon";

const sprite = readFileSync(join(import.meta.dirname, "sprite.svg"), "utf8");
const inner = (markup: string) => markup.replace(/^<(svg|symbol)[^>]*>|<\/(svg|symbol)>$/g, "");
const drawnBySprite = (name: string) => inner(sprite.match(new RegExp(`<symbol id="${name}".*</symbol>`))?.[0] ?? "");
const pascal = (name: string) =>
  name.replace(/(^|-)([a-z0-9])/g, (_all, _dash, letter: string) => letter.toUpperCase());

test.each(spriteIcons())("the sprite draws %s as Lucide does", (name) => {
  const Icon = icons[pascal(name) as keyof typeof icons];
  expect(drawnBySprite(name)).toBe(inner(renderToStaticMarkup(createElement(Icon))));
});
