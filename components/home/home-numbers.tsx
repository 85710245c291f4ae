"use client";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { TotalFigure } from "@/components/list/total-figure";
import { Figure } from "@/components/ui/figure";
import type { Usual } from "@/lib/home/charts";
import type { HomeNumbers as Numbers } from "@/lib/home/queries";
import { nounFor } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";

type HomeNumbersProps = {
  numbers: Numbers;
  failed: number | null;
  /** What a day usually brings, when it is known. */
  usual: ReactNode;
  /** The clients that are online, and all that are registered. */
  onlineHref: string;
  registeredHref: string;
  /** The log's failed sign-ins of the last day. */
  failedHref: string;
};

const figure = (total: Total) => <TotalFigure total={total} />;
const sessionsWord = (total: Total) => nounFor(total, "session");

/** The numbers as links, what is usual beside what could alarm. */
export function HomeNumbers({ numbers, failed, usual, onlineHref, registeredHref, failedHref }: HomeNumbersProps) {
  const { users, signedIn, clients } = numbers;
  const cards = [
    users && (
      <Card key="users" href="/admin/users" label="Users" value={figure(users.all)}>
        <Count href="/admin/users?status=active">{figure(users.active)} active</Count>,{" "}
        <Count href="/admin/users?status=invited">{figure(users.invited)} invited</Count>
      </Card>
    ),
    signedIn && (
      <Card key="signed-in" href="/admin/sessions" label="Signed in now" value={figure(signedIn.people)}>
        {figure(signedIn.sessions)} {sessionsWord(signedIn.sessions)}
      </Card>
    ),
    clients && (
      <Card key="clients" href={onlineHref} label="Clients online" value={figure(clients.online)}>
        of <Count href={registeredHref}>{figure(clients.registered)} registered</Count>
      </Card>
    ),
    failed !== null && (
      <Card key="failed" href={failedHref} label="Failed sign-ins, 24 h" value={<Figure value={failed} />}>
        {usual}
      </Card>
    ),
  ].filter(Boolean);
  if (cards.length === 0) return null;
  return (
    <ul
      aria-label="In numbers"
      style={{ gridTemplateColumns: `repeat(${cards.length}, minmax(0, 1fr))` }}
      className="mb-4 grid overflow-hidden rounded-lg border border-line bg-surface s:divide-x s:divide-line max-s:grid-cols-2! max-s:[&>li:nth-child(even)]:border-l max-s:[&>li:nth-child(n+3)]:border-t max-s:[&>li]:border-line"
    >
      {cards}
    </ul>
  );
}

/** "usual: 5 to 12", and a word of warning above that. */
export function UsualFailures({ failed, usual }: { failed: number; usual: Usual }) {
  const range = (
    <>
      <Figure value={usual.low} />
      {usual.high > usual.low && (
        <>
          {" "}
          to <Figure value={usual.high} />
        </>
      )}
    </>
  );
  if (failed < 5 || failed <= usual.high) return <>usual: {range}</>;
  return (
    <span className="inline-flex items-center gap-1 font-medium text-warning">
      <TriangleAlert aria-hidden className="size-3.5 stroke-2" />
      <span className="sr-only">More than usual. </span>
      usual: {range}
    </span>
  );
}

type CardProps = { href: string; label: string; value: ReactNode; children: ReactNode };

function Card({ href, label, value, children }: CardProps) {
  return (
    <li className="relative flex min-w-0 flex-wrap content-start items-baseline gap-x-2 px-[18px] pt-3.5 pb-[13px] hover:bg-hover max-s:px-3.5">
      <a
        href={href}
        className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
      >
        <span className="block text-ui text-muted">{label}</span>
        <span className="mt-0.5 block text-3xl font-semibold tabular-nums">{value}</span>
      </a>
      <span className="text-xs text-muted tabular-nums">{children}</span>
    </li>
  );
}

/** A number within a card, which leads to those whom it counts; the rest of the card leads to its own list. */
function Count({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className="relative rounded-sm hover:text-ink hover:underline">
      {children}
    </a>
  );
}
