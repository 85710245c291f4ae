import type { ReactNode } from "react";
import { ListEmpty } from "@/components/list/list-empty";
import { Pager } from "@/components/list/pager";
import { SearchBox } from "@/components/list/search-box";
import { LinkButton } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { PanelFoot } from "@/components/ui/panel";
import type { Page, Total } from "@/lib/list";
import { type SessionFilters, type SessionTab, sessionHref, sessionPaths } from "@/lib/sessions/filters";
import { totalWords } from "@/lib/total-words";

interface MomentListProps<R> {
  tab: SessionTab;
  filters: SessionFilters;
  /** False when the address named a place in another list. */
  fits: boolean;
  page: Page<R>;
  /** What is searched: "Name, username, email, id or address". */
  searched: string;
  /** One and many of what is listed. */
  nouns: [one: string, many: string];
  /** Said where there is nothing at all. */
  none: string;
  /** How many there are without the search; asked only when it found nothing. */
  among: Total | null;
  foot?: ReactNode;
  children: ReactNode;
}

/** The frame of the three lists: search, table, pager, and what stands there when nothing does. */
export function MomentList<R>(props: MomentListProps<R>) {
  const { tab, filters, fits, page, searched, nouns, none, among, foot, children } = props;
  const count = page.rows.length;
  return (
    <>
      <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox action={sessionPaths[tab]} value={filters.q} placeholder={searched} />
      </div>
      {!fits && (
        <Note className="mb-3" role="status">
          The address named a place in another list. This is the first page.
        </Note>
      )}
      <div className="rounded-lg border border-line bg-surface">
        {count > 0 || page.previous ? (
          <>
            {children}
            <Pager
              from={page.from}
              to={page.from === 0 ? 0 : page.from + count - 1}
              total={page.total.value}
              over={page.total.kind === "over"}
              previousHref={page.previous ? sessionHref(tab, { q: filters.q, before: page.previous }) : undefined}
              nextHref={page.next ? sessionHref(tab, { q: filters.q, after: page.next }) : undefined}
            />
          </>
        ) : filters.q ? (
          <ListEmpty
            kind="nothing-found"
            title={`No ${nouns[0]} matches "${filters.q}".`}
            actions={<LinkButton href={sessionPaths[tab]}>Clear the search</LinkButton>}
          >
            Searched {searched.charAt(0).toLowerCase() + searched.slice(1)}, among{" "}
            {among ? `${totalWords(among)} ${among.value === 1 ? nouns[0] : nouns[1]}` : nouns[1]}.
          </ListEmpty>
        ) : (
          <ListEmpty kind="nothing-yet" title={none} />
        )}
        {foot && <PanelFoot>{foot}</PanelFoot>}
      </div>
    </>
  );
}
