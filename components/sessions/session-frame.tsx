import type { ReactNode } from "react";
import { HeadCell, Table, TableHead } from "@/components/list/table";
import { Cell, TableBody, TableRow } from "@/components/list/table-rows";
import { ThroughProvider } from "@/components/sessions/through-provider";
import { Time } from "@/components/ui/time";

type Shown = { id: string; device: string; provider: string | null; agent: string; address: string; startedAt: Date };

interface SessionFrameProps<S extends Shown> {
  label: string;
  /** Replaces the table where it has no row. */
  empty?: ReactNode;
  sessions: S[];
  zone: string;
  now: Date;
  /** Heads after device, address and start. */
  heads: ReactNode;
  /** Beside the device. */
  mark?: (session: S) => ReactNode;
  /** Cells under `heads`. */
  cells: (session: S) => ReactNode;
}

/** What the tables of open and of ended sessions have in common: device, address, start. */
export function SessionFrame<S extends Shown>(props: SessionFrameProps<S>) {
  const { label, empty, sessions, zone, now, heads, mark, cells } = props;
  return (
    <Table label={label} empty={empty} className="gives-way">
      <TableHead>
        <HeadCell>Device</HeadCell>
        <HeadCell>Address</HeadCell>
        <HeadCell priority={2}>Started</HeadCell>
        {heads}
      </TableHead>
      <TableBody>
        {sessions.map((session) => (
          <TableRow key={session.id}>
            <Cell card="name" title={session.agent} className="font-medium text-ink">
              {session.device}
              <ThroughProvider name={session.provider} />
              {mark?.(session)}
            </Cell>
            <Cell card="foot" className="tabular-nums">
              {session.address}
            </Cell>
            <Cell priority={2} card="off">
              <Time at={session.startedAt} zone={zone} now={now} />
            </Cell>
            {cells(session)}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
