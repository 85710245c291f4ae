/** A piece of a line: text, or what it contains. `href` is as it was written. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong"; content: Inline[] }
  | { kind: "em"; content: Inline[] }
  | { kind: "link"; href: string; content: Inline[] };

export type Block =
  | { kind: "heading"; level: number; id: string; content: Inline[] }
  | { kind: "paragraph"; content: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] };

const starts = /^(#{1,6} |```|\||[-*] |\d+\. )/;

/** What `docs/` uses of CommonMark and of GitHub's tables: headings, paragraphs, flat lists, tables, fenced code, emphasis and links. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.replace(/<!--[\s\S]*?-->/g, "").split("\n");
  const blocks: Block[] = [];
  let at = 0;
  const take = (goesOn: (line: string) => boolean) => {
    const from = at;
    while (at < lines.length && goesOn(lines[at] ?? "")) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const heading = /^(#{1,6}) (.*)$/.exec(line);
    if (heading) {
      at += 1;
      const content = inlineOf(heading[2] ?? "");
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, id: idOf(plain(content)), content });
    } else if (line.startsWith("```")) {
      at += 1;
      blocks.push({ kind: "code", text: take((next) => !next.startsWith("```")).join("\n") });
      at += 1;
    } else if (line.startsWith("|")) {
      const [head = [], , ...rows] = take((next) => next.startsWith("|")).map(cellsOf);
      blocks.push({ kind: "table", head, rows });
    } else if (/^([-*]|\d+\.) /.test(line)) {
      const found = take((next) => /^([-*]|\d+\.) /.test(next) || /^\s+\S/.test(next));
      blocks.push({ kind: "list", ordered: /^\d/.test(line), items: itemsOf(found) });
    } else if (line.trim() === "") at += 1;
    else {
      const first = at;
      const found = take((next) => next.trim() !== "" && (at === first || !starts.test(next)));
      blocks.push({ kind: "paragraph", content: inlineOf(found.map((one) => one.trim()).join(" ")) });
    }
  }
  return blocks;
}

/** One item for each mark; the indented lines below continue it. */
function itemsOf(lines: string[]): Inline[][] {
  const items: string[] = [];
  for (const line of lines) {
    const begun = /^(?:[-*]|\d+\.) (.*)$/.exec(line)?.[1];
    if (begun === undefined) items.push(`${items.pop() ?? ""} ${line.trim()}`.trim());
    else items.push(begun);
  }
  return items.map(inlineOf);
}

const cellsOf = (line: string): Inline[][] =>
  line
    .replace(/^\||\|\s*$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => inlineOf(cell.trim().replaceAll("\\|", "|")));

const marks = /(`+)(.+?)\1|\*\*(.+?)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*|\[((?:`[^`]*`|[^\]`])*)\]\(([^)\s]+)\)/;

function inlineOf(text: string): Inline[] {
  const found = marks.exec(text);
  if (!found) return text === "" ? [] : [{ kind: "text", text }];
  const [all, , code, strong, em, label = "", href] = found;
  const before = text.slice(0, found.index);
  return [
    ...(before === "" ? [] : [{ kind: "text" as const, text: before }]),
    code !== undefined
      ? { kind: "code", text: code }
      : href !== undefined
        ? { kind: "link", href, content: inlineOf(label) }
        : { kind: strong !== undefined ? "strong" : "em", content: inlineOf(strong ?? em ?? "") },
    ...inlineOf(text.slice(found.index + all.length)),
  ];
}

/** A line without its marks. */
export const plain = (content: Inline[]): string =>
  content.map((part) => ("text" in part ? part.text : plain(part.content))).join("");

/** As GitHub names headings, so that links into a page work here as there. */
const idOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
