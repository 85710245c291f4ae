"use client";
import { CircleMinus, CirclePlus, Network } from "lucide-react";
import { Fragment, type ReactNode, useId, useState } from "react";
import { endWords, peopleWords, reachWords, scopeWords } from "@/components/access/preview-words";
import { Button } from "@/components/ui/button";
import { useReading } from "@/components/ui/reading";
import type { AccessPreview, PreviewLine, PreviewOperation, ReachLine } from "@/lib/previews/preview";

type Side = "gains" | "loses";

/** Who gains and who loses what (R9), for a dialog that asks before it is saved. Nothing is drawn for a side without change. */
export function AccessChanges({ preview }: { preview: Pick<AccessPreview, "gains" | "loses" | "reach"> }) {
  return (
    <>
      <Changes side="gains" title="Gain" lines={preview.gains} reach={preview.reach.gains} />
      <Changes side="loses" title="Lose" lines={preview.loses} reach={preview.reach.loses} />
    </>
  );
}

type ChangesProps = { side: Side; title: string; lines: PreviewLine[]; reach: ReachLine[] };

function Changes({ side, title, lines, reach }: ChangesProps) {
  const id = useId();
  if (lines.length + reach.length === 0) return null;
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
                    <PersonName person={line.person} />
                  </b>{" "}
                  {reachWords(line, side)}
                </>
              }
            >
              <Sentences operations={line.operations} />
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

/** Names as far as they may be seen, the others as a number. */
function People({ line: { people, count } }: { line: PreviewLine }) {
  if (people.length === 0) return <b>{peopleWords(count)} outside what you may see</b>;
  const rest = count - people.length;
  return (
    <b>
      {people.map((person, index) => (
        <Fragment key={person.id}>
          {index > 0 && (index === people.length - 1 && rest === 0 ? " and " : ", ")}
          <PersonName person={person} />
        </Fragment>
      ))}
      {rest > 0 && ` and ${rest.toLocaleString("en")} more`}
    </b>
  );
}

/** In a tab of its own: what was typed in the form beneath is kept. */
function PersonName({ person }: { person: PreviewLine["people"][number] | null }) {
  if (!person) return "Somebody outside what you may see";
  if (!person.opens) return person.name;
  return (
    <a href={`/admin/users/${person.id}`} target="_blank" rel="noopener" className="link">
      {person.name}
    </a>
  );
}

function Operations({ line, side }: { line: PreviewLine; side: Side }) {
  const [only] = line.people;
  const firstName = line.count === 1 && only ? (only.name.split(" ")[0] ?? null) : null;
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
