"use client";
import { useRef } from "react";
import { ChangedMeanwhile } from "@/components/access/changed-meanwhile";
import type { Asked } from "@/components/access/use-confirmed";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { claimWords } from "@/lib/identity-providers/claims";
import type { ForeseenPerson, MappingPreview } from "@/lib/identity-providers/preview";

/** What the next sign-ins would change, before a mapping is saved. */
export function MappingDialog({ found, again, busy, answer, provider }: Asked<MappingPreview> & { provider: string }) {
  const back = useRef<HTMLButtonElement>(null);
  const { people, first, withheld, creates } = found;
  return (
    <Dialog open onOpenChange={(open) => !open && answer(false)}>
      <DialogContent
        title={headingOf(found)}
        description={`Nothing has been saved yet. The change takes effect at each person's next sign-in through ${provider}.`}
        locked={busy}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          back.current?.focus();
        }}
      >
        <DialogBody>
          {again && <ChangedMeanwhile />}
          {creates && <Note tone="warning">No new user could be created: {creates}</Note>}
          {withheld.map(({ group, reason, people: kept }) => (
            <Note key={group} tone="warning" title={`Nobody is put into ${group}.`}>
              {reason} {kept > 0 && `${counted(kept)} would join it.`}
            </Note>
          ))}
          {people.over && (
            <Note>
              {counted(people.known)} have signed in through {provider}. The {people.looked.toLocaleString("en")} who
              signed in last are shown here.
            </Note>
          )}
          {people.unforeseen > 0 && (
            <Note>
              For {counted(people.unforeseen)} their last sign-in contains too little to show it. Their next one will.
            </Note>
          )}
          {first.length > 0 && (
            <ul className="divide-y divide-line rounded-md border border-line">
              {first.map((person) => (
                <Foreseen key={person.id} person={person} />
              ))}
            </ul>
          )}
          {people.changed > first.length && (
            <p className="text-xs text-muted">And {counted(people.changed - first.length)} more.</p>
          )}
        </DialogBody>
        <DialogFooter>
          <Button ref={back} onClick={() => answer(false)} reason={busy ? "It is being saved." : undefined}>
            Back
          </Button>
          <Button variant="primary" aria-busy={busy || undefined} onClick={() => !busy && answer(true)}>
            Update
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Foreseen({ person: { name, fields, joins, leaves, refused } }: { person: ForeseenPerson }) {
  return (
    <li className="grid gap-0.5 px-3 py-2 text-ui">
      <span className="font-medium">{name}</span>
      {fields.map(({ field, from, to }) => (
        <span key={field} className="break-words text-ink-2">
          {claimWords[field]}: {from || "none"} → {to || "none"}
        </span>
      ))}
      {joins.length > 0 && <span className="break-words text-ink-2">Joins {joins.join(", ")}</span>}
      {leaves.length > 0 && <span className="break-words text-ink-2">Leaves {leaves.join(", ")}</span>}
      {refused && <span className="text-xs text-warning">Refused: {refused}</span>}
    </li>
  );
}

const counted = (people: number) => (people === 1 ? "1 person" : `${people.toLocaleString("en")} people`);

const headingOf = ({ people: { changed } }: MappingPreview) =>
  changed === 0 ? "This changes no known users" : `This changes ${counted(changed)}`;
