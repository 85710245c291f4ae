"use client";
import { type RefObject, useEffect, useState } from "react";
import { useAction } from "@/components/form/use-action";
import { ActDialog } from "@/components/ui/act-dialog";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { CheckLine } from "@/components/ui/check-line";
import { Note } from "@/components/ui/note";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { RestoredDialog } from "@/components/users/restored-dialog";
import { getHandBackOfferAction, restoreUserAction } from "@/lib/users/actions";
import type { Restored } from "@/lib/users/commands/restore";
import type { HandBackOffer } from "@/lib/users/handovers";

type RestoreDialogProps = {
  user: { id: string; name: string };
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

const kinds = [
  { kind: "report", title: "Direct reports", had: "reports to" },
  { kind: "group", title: "Groups", had: "belongs to" },
  { kind: "service_account", title: "Service accounts", had: "belongs to" },
  { kind: "resource", title: "Resources", had: "belongs to" },
] as const;

/** "Restore", where something was handed on when the user was removed: what of it is handed back (U11, U13). */
export function RestoreDialog({ user, onClose, opener }: RestoreDialogProps) {
  const [offer, setOffer] = useState<HandBackOffer | "failed" | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [done, setDone] = useState<Restored | null>(null);
  const { run, pending, message } = useAction(restoreUserAction, (restored) => {
    if (chosen.length > 0) return setDone(restored);
    toast.success(`${user.name} is restored. Set a password under "User Details".`, { about: user.id });
    onClose();
  });

  useEffect(() => {
    let current = true;
    answerOf(getHandBackOfferAction({ id: user.id })).then(
      (answer) => current && setOffer(answer),
      () => current && setOffer("failed"),
    );
    return () => {
      current = false;
    };
  }, [user.id]);

  if (done) return <RestoredDialog name={user.name} restored={done} onClose={onClose} opener={opener} />;
  const ready = offer !== null && offer !== "failed" ? offer : [];
  const types = new Set(ready.flatMap(({ id, byType }) => (byType ? id : [])));
  return (
    <ActDialog
      {...{ pending, onClose, opener }}
      title={`Restore ${user.name}?`}
      description="Roles and groups are restored; sessions, clients and the password are not. What was transferred stays with its new owner unless you choose it below."
      message={message}
      aside={<span className="text-xs">Recorded in the audit log as one event.</span>}
      button={
        <Button
          variant="primary"
          reason={offer === null ? "Loading the transferred objects." : undefined}
          aria-busy={pending || undefined}
          onClick={() =>
            run({
              id: user.id,
              handBack: chosen.filter((id) => !types.has(id)),
              handBackTypes: chosen.filter((id) => types.has(id)),
            })
          }
        >
          {chosen.length > 0 ? "Restore and return" : "Restore"}
        </Button>
      }
    >
      {offer === null && <Skeleton className="h-24!" />}
      {offer === "failed" && (
        <Note tone="danger" role="alert">
          The transferred objects could not be loaded. Close this and try again.
        </Note>
      )}
      {kinds.map(({ kind, title, had }) => (
        <Kind
          key={kind}
          title={title}
          had={had}
          items={ready.filter((item) => item.kind === kind)}
          chosen={chosen}
          onChange={setChosen}
        />
      ))}
    </ActDialog>
  );
}

type KindProps = {
  title: string;
  had: string;
  items: HandBackOffer;
  chosen: string[];
  onChange: (chosen: string[]) => void;
};

/** What was handed on of one kind: all of it, or each. What cannot be handed back says why. */
function Kind({ title, had, items, chosen, onChange }: KindProps) {
  if (items.length === 0) return null;
  const possible = items.filter(({ decision }) => decision.ok).map(({ id }) => id);
  const others = chosen.filter((id) => !possible.includes(id));
  const all = possible.length > 0 && possible.every((id) => chosen.includes(id));
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-ui/[18px] font-medium">{title}</legend>
      <div className="divide-y divide-line rounded-md border border-line">
        {possible.length > 1 && (
          <CheckLine
            className="flex! px-3 py-2"
            label={`Return all ${possible.length}`}
            aria-description={title}
            checked={all}
            onChange={() => onChange(all ? others : [...others, ...possible])}
          />
        )}
        {items.map(({ id, name, to, decision, byType }) => (
          <CheckLine
            key={id}
            className="flex! px-3 py-2"
            label={<span className="font-medium">{name}</span>}
            hint={decision.ok ? `${byType ? "belong to" : had} ${to ?? "nobody"} now` : decision.reason}
            disabled={!decision.ok}
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
