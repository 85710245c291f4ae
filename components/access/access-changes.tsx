"use client";
import { Bot, CircleMinus, CirclePlus, Network } from "lucide-react";
import { Fragment, type ReactNode, useId, useState } from "react";
import { accountWords, endWords, peopleWords, reachWords, scopeWords } from "@/components/access/preview-words";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { useReading } from "@/components/ui/reading";
import type { AccessPreview, PreviewLine, PreviewOperation, ReachLine } from "@/lib/previews/preview";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";

type Side = "gains" | "loses";

/**
 * Who gains and who loses what (R9), for a dialog that asks before it is saved, service accounts after people. Nothing is drawn for a side
 * without change.
 */
export function AccessChanges({ preview: { gains, loses, reach, accounts } }: { preview: AccessPreview }) {
  return (
    <>
      <Changes side="gains" title="Gain" lines={gains} reach={reach.gains} accounts={accounts.gains} />
      <Changes side="loses" title="Lose" lines={loses} reach={reach.loses} accounts={accounts.loses} />
    </>
  );
}

/** Where more are concerned than were compared. */
export function NotAllCompared({ preview: { people, accounts } }: { preview: AccessPreview }) {
  return (
    <>
      {people.over && <Note>More than 10,000 people are affected. The first 10,000 are compared here.</Note>}
      {accounts.over && (
        <Note>
          More than 1,000 service accounts are affected. The first 1,000 are compared here; others may be affected in
          the same way.
        </Note>
      )}
    </>
  );
}

type ChangesProps = {
  side: Side;
  title: string;
  lines: PreviewLine[];
  reach: ReachLine[];
  accounts: PreviewLine[];
};

function Changes({ side, title, lines, reach, accounts }: ChangesProps) {
  const id = useId();
  if (lines.length + reach.length + accounts.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-1.5 text-ui/[18px] font-medium">
        {title}
      </h3>
      <Folded
        limit={8}
        more={(count) => `Show ${count} more`}
        className="divide-y divide-line rounded-md border border-line text-ui"
      >
        {[
          ...lines.map((line) => (
            <Entry key={lineKey(line)} icon={<SideIcon side={side} />} head={<People line={line} />}>
              <Operations line={line} side={side} />
            </Entry>
          )),
          ...reach.map((line) => (
            <Entry
              key={`${line.person?.id} ${line.scope}`}
              icon={<Network aria-hidden className="mt-0.5 text-icon" />}
              head={
                <>
                  <b>
                    <Name named={line.person} at="/admin/users" />
                  </b>{" "}
                  {reachWords(line, side)}
                </>
              }
            >
              <Sentences operations={line.operations} />
            </Entry>
          )),
          ...accounts.map((line) => (
            <Entry
              key={`account ${lineKey(line)}`}
              icon={<Bot aria-hidden className="mt-0.5 text-icon" />}
              head={<Accounts line={line} />}
            >
              <Operations line={line} side={side} owner="the owner" />
            </Entry>
          )),
        ]}
      </Folded>
    </section>
  );
}

const lineKey = ({ operations, until, endOnly }: PreviewLine) => JSON.stringify([operations, until, endOnly]);

function SideIcon({ side }: { side: Side }) {
  return side === "gains" ? (
    <CirclePlus aria-hidden className="mt-0.5 text-positive" />
  ) : (
    <CircleMinus aria-hidden className="mt-0.5 text-danger" />
  );
}

function Entry({ icon, head, children }: { icon: ReactNode; head: ReactNode; children: ReactNode }) {
  return (
    <div className="flex gap-2.5 px-3 py-2.5">
      {icon}
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="wrap-break-word">{head}</p>
        {children}
      </div>
    </div>
  );
}

function People({ line }: { line: PreviewLine }) {
  if (line.people.length === 0) return <b>{peopleWords(line.count)} outside your view</b>;
  return <Names line={line} at="/admin/users" />;
}

function Accounts({ line }: { line: PreviewLine }) {
  if (line.people.length === 0) return <b>{accountWords(line.count)} outside your view</b>;
  return (
    <>
      {line.count === 1 ? "Service account" : "Service accounts"} <Names line={line} at={serviceAccountsPath} />
    </>
  );
}

/** Names as far as they may be seen, the others as a number. */
function Names({ line: { people, count }, at }: { line: PreviewLine; at: string }) {
  const rest = count - people.length;
  return (
    <b>
      {people.map((named, index) => (
        <Fragment key={named.id}>
          {index > 0 && (index === people.length - 1 && rest === 0 ? " and " : ", ")}
          <Name named={named} at={at} />
        </Fragment>
      ))}
      {rest > 0 && ` and ${rest.toLocaleString("en")} more`}
    </b>
  );
}

/** In a tab of its own: what was typed in the form underneath is kept. */
function Name({ named, at }: { named: PreviewLine["people"][number] | null; at: string }) {
  if (!named) return "Somebody outside your view";
  if (!named.opens) return named.name;
  return (
    <a href={`${at}/${named.id}`} target="_blank" rel="noopener" className="link">
      {named.name}
    </a>
  );
}

/** `owner`: below whom a service account reaches; a person reaches below themselves. */
function Operations({ line, side, owner }: { line: PreviewLine; side: Side; owner?: string }) {
  const [only] = line.people;
  const firstName = owner ?? (line.count === 1 && only ? (only.name.split(" ")[0] ?? null) : null);
  const end = endWords(line, side, useReading());
  return (
    <>
      {end && <p className="text-xs font-medium text-ink-2">{end}</p>}
      <Sentences operations={line.operations} firstName={firstName} />
    </>
  );
}

type SentencesProps = { operations: PreviewOperation[]; firstName?: string | null };

function Sentences({ operations, firstName = null }: SentencesProps) {
  return (
    <Folded limit={6} more={(count) => `Show ${count} more operations`} className="grid gap-0.5 text-ink-2">
      {operations.map((held) => {
        const { operation, scope, sentence } = held;
        const whom = scopeWords(held, firstName);
        return (
          <Fragment key={`${operation} ${scope}`}>
            {sentence}
            {whom && <span className="text-muted">, {whom}</span>}
          </Fragment>
        );
      })}
    </Folded>
  );
}

type FoldedProps = {
  children: ReactNode[];
  limit: number;
  more: (count: number) => string;
  className: string;
};

/** The first entries of a long list, and a button for the others. */
function Folded({ children, limit, more, className }: FoldedProps) {
  const [all, setAll] = useState(false);
  const folds = !all && children.length > limit + 1;
  const shown = folds ? children.slice(0, limit) : children;
  return (
    <>
      <ul className={className}>
        {shown.map((child, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end
          <li key={index} className="min-w-0 wrap-break-word">
            {child}
          </li>
        ))}
      </ul>
      {folds && (
        <Button variant="quiet" size="s" className="mt-1 -ml-2 justify-self-start" onClick={() => setAll(true)}>
          {more(children.length - limit)}
        </Button>
      )}
    </>
  );
}
