"use client";
import { useId } from "react";
import { AccessChanges } from "@/components/access/access-changes";
import { administratorWords, changesNothing } from "@/components/access/preview-words";
import { Note } from "@/components/ui/note";
import type { Placed } from "@/components/users/create-steps";
import type { CreateInput } from "@/components/users/create-user-form";
import type { AccessPreview, PreviewLine } from "@/lib/previews/preview";
import type { RoleOption } from "@/lib/roles/queries";

type CreateSummaryProps = {
  values: CreateInput;
  roles: RoleOption[];
  placed: Placed;
  /** Null where it could not be worked out: then "Create" says why. */
  preview: AccessPreview | null;
};

/** What the person will hold, before they are created (U4): what was chosen, and what comes by it (R9). */
export function CreateSummary({ values, roles, placed, preview }: CreateSummaryProps) {
  const id = useId();
  const name = `${values.firstName} ${values.lastName}`.trim();
  const chosen = [values.primaryRoleId, ...values.additionalRoleIds];
  const held = chosen.flatMap((roleId) => roles.find((role) => role.id === roleId)?.name ?? []);
  const warnings = preview ? administratorWords(preview.administrators) : [];
  return (
    <section aria-labelledby={id} className="mt-5 grid gap-3 border-t border-line pt-4">
      <h2 id={id} className="text-ui/[18px] font-medium">
        Access of {name}
      </h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-ui">
        <Fact label="Roles" value={held.join(", ")} />
        <Fact label="Groups" value={placed.groupIds.map(({ label }) => label).join(", ") || "None"} />
        <Fact label="Manager" value={placed.managerId?.label ?? "None"} />
      </dl>
      {warnings.length > 0 && <Note tone="warning">{warnings.join(" ")}</Note>}
      {preview && changesNothing(preview) && <p className="text-ui text-ink-2">This grants no operations.</p>}
      {preview && <AccessChanges preview={{ ...preview, gains: preview.gains.map((line) => by(name, line)) }} />}
    </section>
  );
}

/** Nobody sees somebody who does not exist yet, so the line has no name of its own. */
const by = (name: string, line: PreviewLine): PreviewLine => ({ ...line, people: [{ id: "new", name, opens: false }] });

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 wrap-break-word">{value}</dd>
    </>
  );
}
