"use client";
import { Ban, CircleMinus, LoaderCircle } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { countOfKind, nameOf, ownerOf } from "@/components/credentials/credential-words";
import { useAction } from "@/components/form/use-action";
import { ActDialog } from "@/components/ui/act-dialog";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toaster";
import { previewRevocationAction, revokeCredentialsAction } from "@/lib/credentials/actions";
import { credentialKinds, kindKeys } from "@/lib/credentials/kinds";
import type { Revocation } from "@/lib/credentials/revoke";
import type { ListedCredential } from "@/lib/credentials/rows";

type RevokeDialogProps = {
  chosen: ListedCredential[];
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
  onRevoked: (ids: string[]) => void;
};

type Preview = { refusals: Map<string, string | null> } | { failed: string } | null;

/** What would end, and what not and why, before anything does. */
export function RevokeDialog({ chosen, opener, onClose, onRevoked }: RevokeDialogProps) {
  const [preview, setPreview] = useState<Preview>(null);
  useEffect(() => {
    let wanted = true;
    answerOf(previewRevocationAction({ credentials: chosen.map(referenceOf) })).then(
      (found) => wanted && setPreview({ refusals: refusalsOf(found) }),
      (error: Error) => wanted && setPreview({ failed: error.message }),
    );
    return () => {
      wanted = false;
    };
  }, [chosen]);
  const refusals = preview && "refusals" in preview ? preview.refusals : null;
  const ending = chosen.filter(({ id }) => refusals?.get(id) === null);
  const staying = chosen.flatMap((one) => {
    const reason = refusals?.get(one.id);
    return reason ? [{ one, reason }] : [];
  });
  const { run, pending } = useAction(revokeCredentialsAction, (settled) => {
    tell(settled);
    onRevoked(settled.flatMap(({ id, refusal }) => (refusal === null ? id : [])));
  });
  return (
    <ActDialog
      {...{ pending, onClose, opener }}
      title={titleOf(chosen.length)}
      button={
        <Button
          variant="danger"
          aria-busy={pending || undefined}
          reason={ending.length > 0 ? undefined : refusals ? "None of these can be revoked." : "Loading the preview."}
          onClick={async () => {
            await run({ credentials: ending.map(referenceOf) });
            onClose();
          }}
        >
          {pending && <LoaderCircle aria-hidden className="animate-turn" />}
          {ending.length > 0 ? `Revoke ${ending.length}` : "Revoke"}
        </Button>
      }
    >
      {preview === null && <p className="text-ui text-muted">Loading the preview…</p>}
      {preview && "failed" in preview && <Note tone="danger">{preview.failed}</Note>}
      {kindKeys.map((kind) => {
        const ofKind = ending.filter((one) => one.kind === kind);
        if (ofKind.length === 0) return null;
        return (
          <section key={kind} className="grid gap-1.5">
            <h3 className="text-ui font-medium">{countOfKind(ofKind.length, kind)} would end</h3>
            <p className="text-xs text-muted">{credentialKinds[kind].ends}</p>
            <Lines label={credentialKinds[kind].several} lines={ofKind.map((one) => ({ one }))} />
          </section>
        );
      })}
      {staying.length > 0 && (
        <section className="grid gap-1.5">
          <h3 className="text-ui font-medium">
            {staying.length === 1 ? "1 cannot be revoked" : `${staying.length} cannot be revoked`}
          </h3>
          <Lines label="What cannot be revoked" lines={staying} />
        </section>
      )}
    </ActDialog>
  );
}

const referenceOf = ({ id, kind }: ListedCredential) => ({ id, kind });
const refusalsOf = (found: Revocation[]) => new Map(found.map(({ id, refusal }) => [id, refusal]));
const titleOf = (count: number) => (count === 1 ? "Revoke one credential?" : `Revoke ${count} credentials?`);

function tell(settled: Revocation[]) {
  const stayed = settled.flatMap(({ refusal }) => refusal ?? []);
  const ended = settled.length - stayed.length;
  if (ended > 0) toast.success(ended === 1 ? "One credential is revoked" : `${ended} credentials are revoked`);
  const [reason] = stayed;
  if (reason)
    toast.error(
      stayed.length === 1 ? `One was not revoked: ${reason}` : `${stayed.length} were not revoked: ${reason}`,
    );
}

type LinesProps = { label: string; lines: { one: ListedCredential; reason?: string }[] };

function Lines({ label, lines }: LinesProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-md border border-line">
      {lines.map(({ one, reason }) => (
        <li key={one.id} className="flex gap-2.5 px-3 py-2 text-ui/[19px]">
          {reason ? (
            <CircleMinus aria-hidden className="mt-px flex-none text-icon" />
          ) : (
            <Ban aria-hidden className="mt-px flex-none text-danger" />
          )}
          <span className="min-w-0 wrap-break-word">
            <span className="font-medium">{nameOf(one)}</span> of {ownerOf(one)}
            {reason && (
              <span className="block text-muted">
                {credentialKinds[one.kind].label}: {reason}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
