"use client";
import { usePathname, useSearchParams } from "next/navigation";
import {
  createContext,
  Fragment,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type ListRow, mergeRows } from "./merge-rows";

/** What was done to rows since the address of the page last changed, by the id of the row; null while it is being done. */
type Acted = ReadonlyMap<string, string | null>;

interface Keeper {
  acted: Acted;
  note: (id: string, word: string | null | undefined) => void;
}

interface ListRowState {
  /** What was done to the row, as "ended", once the server no longer lists it; else null. */
  settled: string | null;
  /** To be called when an action begins. Returns what is shown at its end: a word, or null when nothing was done. */
  act: () => (word: string | null) => void;
}

const KeeperContext = createContext<Keeper | null>(null);
const RowContext = createContext<ListRowState | null>(null);

interface KeptListProps {
  /** Replaces a list without rows. */
  empty?: ReactNode;
  children: ReactNode;
}

/**
 * Remembers which rows of a list were acted on, until the next navigation, and keeps them in their place, so that a second
 * click cannot reach another row, and the actor sees on whom.
 */
export function KeptList({ empty, children }: KeptListProps) {
  const address = `${usePathname()}?${useSearchParams()}`;
  const [{ at, acted }, setState] = useState<{ at: string; acted: Acted }>({ at: address, acted: new Map() });
  if (at !== address) setState({ at: address, acted: new Map() });

  const note = useCallback<Keeper["note"]>(
    (id, word) =>
      setState((state) => {
        if (state.at !== at) return state;
        const next = new Map(state.acted);
        if (word === undefined) next.delete(id);
        else next.set(id, word);
        return { at, acted: next };
      }),
    [at],
  );
  const keeper = useMemo(() => ({ acted, note }), [acted, note]);
  return <KeeperContext value={keeper}>{empty && acted.size === 0 ? empty : children}</KeeperContext>;
}

/** The rows of a `KeptList`: those that the server lists, and between them those that an action took from the list. */
export function useKeptRows(rows: ListRow[]): ReactNode {
  const keeper = useContext(KeeperContext);
  const shown = useRef(rows);
  const merged = keeper ? mergeRows(shown.current, rows, (id) => keeper.acted.has(id)) : rows;
  useEffect(() => {
    shown.current = merged;
  });
  if (!keeper) return merged.map(({ id, row }) => <Fragment key={id}>{row}</Fragment>);
  const listed = new Set(rows.map(({ id }) => id));
  return merged.map(({ id, row }) => (
    <KeptRow key={id} id={id} settled={listed.has(id) ? null : (keeper.acted.get(id) ?? null)} note={keeper.note}>
      {row}
    </KeptRow>
  ));
}

type KeptRowProps = { id: string; settled: string | null; note: Keeper["note"]; children: ReactNode };

function KeptRow({ id, settled, note, children }: KeptRowProps) {
  const state = useMemo<ListRowState>(
    () => ({
      settled,
      act: () => {
        note(id, null);
        return (word) => note(id, word ?? undefined);
      },
    }),
    [id, settled, note],
  );
  return <RowContext value={state}>{children}</RowContext>;
}

/** For what belongs to a row and is elsewhere in the list, as the one menu of all rows. */
export function OfRow({ id, children }: { id: string; children: ReactNode }) {
  const keeper = useContext(KeeperContext);
  if (!keeper) return children;
  return (
    <KeptRow id={id} settled={null} note={keeper.note}>
      {children}
    </KeptRow>
  );
}

/** The row of a list that contains this; null elsewhere. */
export const useListRow = () => useContext(RowContext);
