"use client";
import { useId } from "react";
import { AccessChanges } from "@/components/access/access-changes";
import { administratorWords, changesNothing } from "@/components/access/preview-words";
import { Note } from "@/components/ui/note";
import type { Placed } from "@/components/users/placement-step";
import type { AccessPreview } from "@/lib/previews/preview";
import type { RoleOption } from "@/lib/roles/queries";

type CreateSummaryProps = {
  /** Of those who will be created alike. */
  names: string[];
  roleIds: string[];
  roles: RoleOption[];
  placed: Placed;
  /** Of one of them. Null where it could not be computed: then creating them says why. */
  preview: AccessPreview | null;
};

/** What people will hold, before they are created (U4): what was chosen, and what comes by it (R9). */
export function CreateSummary({ names, roleIds, roles, placed, preview }: CreateSummaryProps) {
  const id = useId();
  const held = roleIds.flatMap((roleId) => roles.find((role) => role.id === roleId)?.name ?? []);
  const found = preview && ofAll(preview, names);
  const warnings = found ? administratorWords(found.administrators) : [];
  return (
    <section aria-labelledby={id} className="mt-5 grid gap-3 border-t border-line pt-4">
      <h2 id={id} className="text-ui/[18px] font-medium">
        Access of {names.length === 1 ? names[0] : `each of these ${names.length} people`}
      </h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-ui">
        <Fact label="Roles" value={held.join(", ")} />
        <Fact label="Groups" value={placed.groupIds.map(({ label }) => label).join(", ") || "None"} />
        <Fact label="Manager" value={placed.managerId?.label ?? "None"} />
      </dl>
      {warnings.length > 0 && <Note tone="warning">{warnings.join(" ")}</Note>}
      {found && changesNothing(found) && <p className="text-ui text-ink-2">This grants no operations.</p>}
      {found && <AccessChanges preview={found} />}
    </section>
  );
}

const shown = 10;

/** Nobody sees people who do not exist yet, so they are named here; each of them counts as the one who was compared. */
function ofAll(preview: AccessPreview, names: string[]): AccessPreview {
  const { gain, lose, touched } = preview.administrators;
  const people = names.slice(0, shown).map((name, at) => ({ id: String(at), name, opens: false }));
  const many = names.length;
  return {
    ...preview,
    administrators: { gain: gain * many, lose: lose * many, touched: touched * many },
    gains: preview.gains.map((line) => ({ ...line, count: many, people })),
    reach: { ...preview.reach, gains: preview.reach.gains.map((line) => ({ ...line, over: line.over * many })) },
  };
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 wrap-break-word">{value}</dd>
    </>
  );
}
