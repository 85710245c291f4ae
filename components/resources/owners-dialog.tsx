"use client";
import { CircleMinus, LoaderCircle, UserRound } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { Field } from "@/components/form/field";
import { useAction } from "@/components/form/use-action";
import { ActDialog } from "@/components/ui/act-dialog";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import type { Option } from "@/components/ui/combobox";
import { Note } from "@/components/ui/note";
import { PersonPicker } from "@/components/ui/person-picker";
import { toast } from "@/components/ui/toaster";
import { counted } from "@/lib/lists/format-total";
import { changeOwnersAction, pickResourceOwnerAction, previewOwnersAction } from "@/lib/resources/actions";
import type { OwnerChange } from "@/lib/resources/change-owners";
import type { ListedResource } from "@/lib/resources/list";

type OwnersDialogProps = {
  chosen: ListedResource[];
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
  onChanged: (ids: string[]) => void;
};

type Preview = { ownerId: string } & ({ found: OwnerChange[] } | { failed: string });

/** One owner for several resources. Which of them would get the owner, and which not and why, is shown before. */
export function OwnersDialog({ chosen, opener, onClose, onChanged }: OwnersDialogProps) {
  const [owner, setOwner] = useState<Option | null>(null);
  const preview = usePreview(chosen, owner?.id ?? null);
  const failed = preview && "failed" in preview ? preview.failed : null;
  const found = preview && "found" in preview ? preview.found : null;
  const theirs = (resource: ListedResource) => owner !== null && resource.owner?.id === owner.id;
  const refusalOf = ({ id }: ListedResource) => found?.find((one) => one.id === id)?.refusal ?? null;
  const others = chosen.filter((resource) => !theirs(resource));
  const changing = others.filter((resource) => refusalOf(resource) === null);
  const keeping = chosen.flatMap((resource) => {
    const reason = theirs(resource) ? `${owner?.label} is already the owner.` : refusalOf(resource);
    return reason ? [{ resource, reason }] : [];
  });
  const { run, pending } = useAction(changeOwnersAction, (settled) => {
    tell(settled, owner?.label ?? "");
    onChanged(settled.flatMap(({ id, refusal }) => (refusal === null ? id : [])));
  });
  return (
    <ActDialog
      {...{ pending, onClose, opener }}
      title={`Change the owner of ${resourceWords(chosen.length)}`}
      description="The systems that registered them read their owner here."
      button={
        <Button
          variant="primary"
          aria-busy={pending || undefined}
          reason={whyNot({ owner, found, failed, changing: changing.length })}
          onClick={async () => {
            await run({ resources: changing.map(referenceOf), ownerId: owner?.id ?? "" });
            onClose();
          }}
        >
          {pending && <LoaderCircle aria-hidden className="animate-turn" />}
          {found && changing.length > 0 ? `Change owner of ${changing.length}` : "Change owner"}
        </Button>
      }
    >
      <Field label="Owner">
        <PersonPicker
          label="Owner"
          placeholder="Choose a person"
          value={owner}
          search={(q) => answerOf(pickResourceOwnerAction({ q }))}
          onChange={setOwner}
        />
      </Field>
      {failed && <Note tone="danger">{failed}</Note>}
      {owner && !preview && <p className="text-ui text-muted">Loading the preview…</p>}
      {(!owner || found) && changing.length > 0 && (
        <section className="grid gap-1.5">
          <h3 className="text-ui font-medium">
            {owner ? `${resourceWords(changing.length)} would belong to ${owner.label}` : "Selected"}
          </h3>
          <Lines label="What would change" lines={changing.map((resource) => ({ resource }))} />
        </section>
      )}
      {found && keeping.length > 0 && (
        <section className="grid gap-1.5">
          <h3 className="text-ui font-medium">{resourceWords(keeping.length)} would not change</h3>
          <Lines label="What would not change" lines={keeping} />
        </section>
      )}
    </ActDialog>
  );
}

/** What the server says of these for an owner; null while none is chosen or it has not answered. */
function usePreview(chosen: ListedResource[], ownerId: string | null): Preview | null {
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => {
    if (!ownerId) return;
    let wanted = true;
    answerOf(previewOwnersAction({ resources: chosen.map(referenceOf), ownerId })).then(
      (found) => wanted && setPreview({ ownerId, found }),
      (error: Error) => wanted && setPreview({ ownerId, failed: error.message }),
    );
    return () => {
      wanted = false;
    };
  }, [chosen, ownerId]);
  return preview?.ownerId === ownerId ? preview : null;
}

type State = { owner: Option | null; found: OwnerChange[] | null; failed: string | null; changing: number };

function whyNot({ owner, found, failed, changing }: State): string | undefined {
  if (!owner) return "Choose an owner.";
  if (!found) return failed ?? "Loading the preview.";
  return changing === 0 ? "None of these would change." : undefined;
}

const referenceOf = ({ id, version }: ListedResource) => ({ id, version });
const resourceWords = (count: number) => counted(count, "resource");

function tell(settled: OwnerChange[], owner: string) {
  const kept = settled.flatMap(({ refusal }) => refusal ?? []);
  const changed = settled.length - kept.length;
  if (changed > 0) toast.success(`${resourceWords(changed)} ${changed === 1 ? "belongs" : "belong"} to ${owner} now`);
  const [reason] = kept;
  if (reason)
    toast.error(kept.length === 1 ? `One was not changed: ${reason}` : `${kept.length} were not changed: ${reason}`);
}

type LinesProps = { label: string; lines: { resource: ListedResource; reason?: string }[] };

function Lines({ label, lines }: LinesProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-md border border-line">
      {lines.map(({ resource, reason }) => (
        <li key={resource.id} className="flex gap-2.5 px-3 py-2 text-ui/[19px]">
          {reason ? (
            <CircleMinus aria-hidden className="mt-px flex-none text-icon" />
          ) : (
            <UserRound aria-hidden className="mt-px flex-none text-icon" />
          )}
          <span className="min-w-0 wrap-break-word">
            <span className="font-medium">{resource.name}</span>
            {`, ${resource.type}`}
            {resource.owner ? ` of ${resource.owner.name}` : ", without an owner"}
            {reason && <span className="block text-muted">{reason}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
