import { expect, test } from "vitest";
import { guideHref, guides, readGuide } from "@/lib/help/guides";
import { type Block, type Inline, parseMarkdown, plain } from "@/lib/help/markdown";

const linesOf = (block: Block): Inline[][] => {
  if (block.kind === "code") return [];
  if (block.kind === "list") return block.items;
  if (block.kind === "table") return [...block.head, ...block.rows.flat()];
  return [block.content];
};

const linksOf = (content: Inline[]): string[] =>
  content.flatMap((part) => (part.kind === "link" ? [part.href] : "content" in part ? linksOf(part.content) : []));

const textsOf = (content: Inline[]): string[] =>
  content.flatMap((part) => ("content" in part ? textsOf(part.content) : part.kind === "text" ? [part.text] : []));

test("headings, paragraphs, lists, tables, code, emphasis and links are read", () => {
  const text =
    "# A `b`\n\nOne *two*\n**three** [four](api.md#x).\n\n- five\n  six\n- seven\n\n| a | b |\n|---|---|\n| `x\\|y` | z |\n\n```sh\n# no heading\n```\n";
  expect(parseMarkdown(text)).toEqual([
    {
      kind: "heading",
      level: 1,
      id: "a-b",
      content: [
        { kind: "text", text: "A " },
        { kind: "code", text: "b" },
      ],
    },
    {
      kind: "paragraph",
      content: [
        { kind: "text", text: "One " },
        { kind: "em", content: [{ kind: "text", text: "two" }] },
        { kind: "text", text: " " },
        { kind: "strong", content: [{ kind: "text", text: "three" }] },
        { kind: "text", text: " " },
        { kind: "link", href: "api.md#x", content: [{ kind: "text", text: "four" }] },
        { kind: "text", text: "." },
      ],
    },
    { kind: "list", ordered: false, items: [[{ kind: "text", text: "five six" }], [{ kind: "text", text: "seven" }]] },
    {
      kind: "table",
      head: [[{ kind: "text", text: "a" }], [{ kind: "text", text: "b" }]],
      rows: [[[{ kind: "code", text: "x|y" }], [{ kind: "text", text: "z" }]]],
    },
    { kind: "code", text: "# no heading" },
  ]);
});

test.each(guides.map(({ slug }) => slug))(
  "%s is read whole: no mark is left over, and its links lead somewhere",
  (slug) => {
    const { blocks } = readGuide(slug) ?? { blocks: [] };
    expect(blocks.length).toBeGreaterThan(5);
    const lines = blocks.flatMap(linesOf);
    const texts = lines.flatMap(textsOf);
    expect(texts.filter((text) => /\]\(|\*\*|^#+ |^```/.test(text))).toEqual([]);
    for (const href of lines.flatMap(linksOf).map(guideHref)) {
      const [, other, place] = /^\/help\/([\w-]+)#(.+)$/.exec(href ?? "") ?? [];
      if (!other) continue;
      const ids = readGuide(other)?.blocks.map((block) => (block.kind === "heading" ? block.id : null));
      expect(ids).toContain(place);
    }
    for (const block of blocks)
      if (block.kind === "table") expect(block.rows.every((row) => row.length === block.head.length)).toBe(true);
    expect(plain(lines[0] ?? [])).not.toBe("");
  },
);

test("what is no guide is not read", () => {
  expect(readGuide("../package")).toBeNull();
  expect(guideHref("decisions/0001-middleware-on-node.md")).toBeNull();
  expect(guideHref("clients.md#introspection")).toBe("/help/clients#introspection");
});
