import type { Head } from "./heads-of";
import { SortLink } from "./sort-link";
import { HeadCell } from "./table";
import type { CellLook } from "./table-rows";

export type ListHeadProps = {
  head: Head;
  look: Pick<CellLook, "priority" | "align"> & {
    /** Of the head, and so of the whole column. */
    width?: string;
    /** Its label is for those alone who do not see the table. */
    hidden?: true;
  };
};

/** The head of a declared column: its label, which sorts where the list can be sorted by it. */
export function ListHead({ head: { label, href, sorted }, look }: ListHeadProps) {
  const { width, hidden, priority, align } = look;
  const place = { className: width, priority, align };
  if (href !== undefined)
    return (
      <SortLink {...place} href={href} sorted={sorted}>
        {label}
      </SortLink>
    );
  return <HeadCell {...place}>{hidden ? <span className="sr-only">{label}</span> : label}</HeadCell>;
}
