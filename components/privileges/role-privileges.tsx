"use client";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { Select } from "@/components/ui/select";
import type { PrivilegeRow, Privileges } from "@/lib/roles/privileges";
import { everythingNote, scopeLabel } from "@/lib/roles/scopes";

/** One role at a time, for narrow screens. */
export function RolePrivileges({ privileges: { roles, groups } }: { privileges: Privileges }) {
  const [roleId, setRoleId] = useState(roles[0]?.id ?? "");
  const at = Math.max(
    0,
    roles.findIndex(({ id }) => id === roleId),
  );
  const held = groups
    .map(({ noun, rows }) => ({ noun, rows: rows.flatMap((row) => heldIn(row, at)) }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <div className="grid gap-3 s:hidden print:hidden">
      <Field label="Role">
        <Select
          value={roleId}
          onChange={(event) => setRoleId(event.target.value)}
          options={roles.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <div className="overflow-hidden rounded-lg border border-line">
        {held.map(({ noun, rows }) => (
          <section key={noun} aria-label={noun}>
            <h2 className="border-b border-line bg-canvas px-3.5 py-1.5 text-xs font-medium text-muted">{noun}</h2>
            <ul>
              {rows.map(({ operation, sentence, everything, scopes, held }) => (
                <li
                  key={operation}
                  className="flex items-center justify-between gap-3 border-b border-line px-3.5 py-2.5 text-ui"
                >
                  <a
                    href={`/admin/privileges/${operation}`}
                    className="min-w-0 rounded-sm py-1 wrap-break-word text-ink"
                  >
                    {sentence}
                    {everything && <span className="block text-xs text-muted">{everythingNote}</span>}
                  </a>
                  <span className="flex-none text-xs text-ink-2">
                    {held.map((scope) => scopeLabel({ operation, scopes }, scope)).join(", ")}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {held.length === 0 && (
          <p className="px-4 py-6 text-center text-ui text-muted">
            {roles[at]?.name} carries none of these operations.
          </p>
        )}
      </div>
    </div>
  );
}

function heldIn({ operation, sentence, everything, scopes, held: cells }: PrivilegeRow, at: number) {
  const { carried, through } = cells[at] ?? { carried: [], through: [] };
  const held = [...carried, ...through];
  return held.length > 0 ? [{ operation, sentence, everything, scopes, held }] : [];
}
