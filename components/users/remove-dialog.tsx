"use client";
import { KeyRound, Laptop, Monitor, Network, ScrollText } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { usePreviewed } from "@/components/access/use-previewed";
import type { Undo } from "@/components/form/undo-toast";
import { useAction } from "@/components/form/use-action";
import { ActDialog } from "@/components/ui/act-dialog";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import type { Option } from "@/components/ui/combobox";
import { Note } from "@/components/ui/note";
import { Skeleton } from "@/components/ui/skeleton";
import { LeavingDialog } from "@/components/users/leaving-dialog";
import { chosenOwners, ownerLines } from "@/components/users/new-owners";
import { OwnedIcon } from "@/components/users/owned-icon";
import { PickLine } from "@/components/users/pick-line";
import { offerWayBack, wayBack } from "@/components/users/way-back";
import { deviceOf } from "@/lib/sessions/device";
import {
  archiveUserAction,
  getArchivePreviewAction,
  pickManagerAction,
  pickOwnerAction,
  previewArchiveUserAction,
} from "@/lib/users/actions";
import type { Removed } from "@/lib/users/commands/archive";
import type { ArchivePreview } from "@/lib/users/leaving-preview";

type RemoveDialogProps = {
  user: { id: string; name: string };
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

/** "Remove user": says first what ends, and asks who owns and who manages afterwards (U11). */
export function RemoveDialog({ user, onClose, opener }: RemoveDialogProps) {
  const [preview, setPreview] = useState<ArchivePreview | "failed" | null>(null);
  const [owners, setOwners] = useState<Record<string, Option>>({});
  const [manager, setManager] = useState<Option | null>(null);
  const [done, setDone] = useState<Removed | null>(null);
  const back = useRef(Promise.resolve<Undo | null>(null));
  const ready = preview !== null && preview !== "failed" ? preview : null;
  const lines = ready ? ownerLines(ready.owned) : [];
  // What has another owner does what that one might grant (T6), which is known once they are chosen.
  const { action, dialog } = usePreviewed({
    preview: previewArchiveUserAction,
    action: archiveUserAction,
    verb: "Remove user",
    when: () => lines.some(({ kind }) => kind === "service_account"),
  });
  const { run, pending, message } = useAction(action, removed, "removed");

  useEffect(() => {
    let current = true;
    answerOf(getArchivePreviewAction({ id: user.id })).then(
      (answer) => {
        if (!current) return;
        setPreview(answer);
        setManager(answer.manager && { id: answer.manager.id, label: answer.manager.name });
      },
      () => current && setPreview("failed"),
    );
    return () => {
      current = false;
    };
  }, [user.id]);

  function removed(left: Removed) {
    setDone(left);
    back.current = wayBack(user.name, { done: "archive", id: user.id, handedOn: left.objects + left.reports });
  }

  const missing = lines.find(({ key }) => !owners[key]);

  /** The first choice is offered for the rest. */
  function chooseOwner(chosen: string, option: Option | null) {
    if (!option) return;
    const rest = lines.filter(({ key }) => key !== chosen && !owners[key]);
    setOwners({ ...owners, ...Object.fromEntries(rest.map(({ key }) => [key, option])), [chosen]: option });
  }

  if (done)
    return (
      <LeavingDialog
        name={user.name}
        left={{ ...done, how: "removed" }}
        opener={opener}
        onClose={() => {
          onClose();
          void offerWayBack(`${user.name} is removed`, back.current);
        }}
      />
    );

  return (
    <>
      <ActDialog
        {...{ pending, onClose, opener, message }}
        title={`Remove ${user.name}?`}
        description='The account moves to "Archived" and can be restored, except for what ends below.'
        aside={
          <span className="flex items-center gap-1.5 text-xs max-s:hidden">
            <ScrollText aria-hidden className="size-3.5 text-icon" />
            Recorded in the audit log as one event.
          </span>
        }
        button={
          <Button
            variant="danger"
            showReason
            reason={ready ? (missing ? `Choose an owner for ${missing.title}.` : undefined) : "Loading the preview."}
            aria-busy={pending || undefined}
            onClick={() =>
              run({
                id: user.id,
                ...chosenOwners(lines, owners),
                managerId: manager?.id ?? null,
              })
            }
          >
            Remove user
          </Button>
        }
      >
        {preview === null && <Skeleton className="h-24!" />}
        {preview === "failed" && (
          <Note tone="danger" role="alert">
            The preview could not be loaded. Close this and try again.
          </Note>
        )}
        {ready && <Endings preview={ready} />}
        {lines.length > 0 && (
          <Part title="Needs a new owner" hint="required">
            {lines.map(({ key, kind, title, hint }) => (
              <PickLine
                key={key}
                icon={<OwnedIcon kind={kind} />}
                title={title}
                hint={hint}
                label={`New owner of ${title}`}
                value={owners[key] ?? null}
                search={(q) => answerOf(pickOwnerAction({ q, exceptId: user.id }))}
                onChange={(option) => chooseOwner(key, option)}
              />
            ))}
          </Part>
        )}
        {ready && ready.reports.count > 0 && (
          <Part title="Gets a new manager" hint={managerHint(ready)}>
            <PickLine
              icon={<Network aria-hidden />}
              title={count(ready.reports.count, "direct report")}
              hint={others(ready.reports)}
              label={`New manager of ${count(ready.reports.count, "direct report")}`}
              value={manager}
              clearable
              search={(q) => answerOf(pickManagerAction({ q, userId: user.id }))}
              onChange={setManager}
            />
          </Part>
        )}
      </ActDialog>
      {dialog}
    </>
  );
}

function Endings({ preview }: { preview: ArchivePreview }) {
  const { sessions, clients, tokens } = preview;
  if (sessions.length === 0 && clients.length === 0 && tokens.length === 0)
    return (
      <p className="text-ui text-ink-2">Nothing else ends: there are no open sessions, clients or access tokens.</p>
    );
  return (
    <Part title="Ends at once">
      {sessions.length > 0 && (
        <Line icon={<Monitor aria-hidden />}>
          <b className="font-medium">{count(sessions.length, "session")}</b>, on{" "}
          {listed(sessions.map((session) => deviceOf(session.agent)))}. Signed out everywhere.
        </Line>
      )}
      {clients.length > 0 && (
        <Line icon={<Laptop aria-hidden />}>
          <b className="font-medium">{count(clients.length, "client")}</b>, {listed(clients.map(({ name }) => name))}.
          Deregistered, and refused at the next call.
        </Line>
      )}
      {tokens.length > 0 && (
        <Line icon={<KeyRound aria-hidden />}>
          <b className="font-medium">{count(tokens.length, "access token")}</b>,{" "}
          {listed(tokens.map(({ name }) => name))}. Revoked, and refused at the next call.
        </Line>
      )}
    </Part>
  );
}

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="grid gap-2">
      <h3 className="text-ui/[18px] font-medium">
        {title} {hint && <span className="text-xs font-normal text-muted">{hint}</span>}
      </h3>
      <ul className="divide-y divide-line rounded-md border border-line">{children}</ul>
    </section>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-2.5 px-3 py-2.5 text-ui/[19px] [&>.lucide]:mt-px [&>.lucide]:text-icon">
      {icon}
      <div className="min-w-0 wrap-break-word">{children}</div>
    </li>
  );
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

const managerHint = ({ firstName, manager }: ArchivePreview) =>
  manager ? `${firstName}'s own manager, unless you choose another` : "nobody, unless you choose somebody";

function others({ count: all, names }: ArchivePreview["reports"]): string {
  if (names.length === 0) return "outside your view";
  return all > names.length ? `${names.join(", ")} and ${all - names.length} more` : names.join(" and ");
}

function listed(words: string[]): string {
  const shown = words.slice(0, 3);
  return words.length > 3 ? `${shown.join(", ")} and ${words.length - 3} more` : shown.join(" and ");
}
