import { Fragment, type ReactNode } from "react";
import { guideHref } from "@/lib/help/guides";
import type { Block, Inline } from "@/lib/help/markdown";

/** A guide as it is in `docs/`. The page has the first heading already. */
export function GuideText({ blocks }: { blocks: Block[] }) {
  return (
    <div className="guide">
      {blocks.slice(blocks[0]?.kind === "heading" ? 1 : 0).map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text of a guide never changes
        <BlockText key={at} block={block} />
      ))}
    </div>
  );
}

function BlockText({ block }: { block: Block }): ReactNode {
  if (block.kind === "paragraph") return <p>{textOf(block.content)}</p>;
  if (block.kind === "code")
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
      <pre tabIndex={0}>
        <code>{block.text}</code>
      </pre>
    );
  if (block.kind === "heading") {
    const Heading = block.level <= 2 ? "h2" : "h3";
    return <Heading id={block.id}>{textOf(block.content)}</Heading>;
  }
  if (block.kind === "list") {
    const List = block.ordered ? "ol" : "ul";
    return (
      <List>
        {each(block.items, (item) => (
          <li>{textOf(item)}</li>
        ))}
      </List>
    );
  }
  const [first, ...others] = block.head;
  const named = block.head.some((cell) => cell.length > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <div className="broad" tabIndex={0}>
      <table>
        {named && (
          <thead>
            <tr>
              {each([first ?? [], ...others], (cell) =>
                cell.length > 0 ? <th scope="col">{textOf(cell)}</th> : <td />,
              )}
            </tr>
          </thead>
        )}
        <tbody>
          {each(block.rows, (row) => (
            <tr>
              {each(row, (cell) => (
                <td>{textOf(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const textOf = (content: Inline[]): ReactNode => each(content, inlineText);

function inlineText(part: Inline): ReactNode {
  if (part.kind === "text") return part.text;
  if (part.kind === "code") return <code>{part.text}</code>;
  if (part.kind === "strong") return <strong>{textOf(part.content)}</strong>;
  if (part.kind === "em") return <em>{textOf(part.content)}</em>;
  const href = guideHref(part.href);
  return href ? (
    <a href={href} className="link">
      {textOf(part.content)}
    </a>
  ) : (
    textOf(part.content)
  );
}

/** Parts that have no names of their own, and never change. */
function each<Part>(parts: Part[], draw: (part: Part) => ReactNode): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: as above
  return parts.map((part, at) => <Fragment key={at}>{draw(part)}</Fragment>);
}
