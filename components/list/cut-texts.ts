const titled = new WeakSet<HTMLElement>();

/**
 * Gives the link that covers a row a title of the texts that are cut off there, a line for each; none where all of them are seen whole.
 * The link lies above them, so that a title of their own would never show. A link that was drawn with a title keeps it.
 */
export function titleCutTexts(link: HTMLAnchorElement): void {
  const row = link.closest("tr");
  if (row?.querySelector("a") !== link || (link.title && !titled.has(link))) return;
  titled.add(link);
  const texts = [...row.querySelectorAll<HTMLElement>("td, td *")].filter(isCut).map((part) => part.innerText.trim());
  link.title = [...new Set(texts)].join("\n");
}

/** What only a screen reader says is a pixel wide. */
const isCut = (part: HTMLElement) =>
  part.clientWidth > 1 && part.scrollWidth > part.clientWidth && getComputedStyle(part).textOverflow === "ellipsis";
