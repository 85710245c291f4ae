"use client";
import { useState } from "react";
import { endYears } from "@/components/form/end-input";
import { FieldError } from "@/components/form/field";
import { CheckLine } from "@/components/ui/check-line";
import { Input } from "@/components/ui/input";
import type { RoleOption } from "@/lib/roles/queries";

export type GivenRole = { roleId: string; endsAt: string };

type GroupRoleFieldsProps = {
  roles: RoleOption[];
  value: GivenRole[];
  onChange: (value: GivenRole[]) => void;
  /** Why a role that the group carries already may not be taken out of it. */
  kept?: Record<string, string | undefined>;
  error?: string | undefined;
};

/** Every additional role with a box, and for those that are given, until when. What one may not give says why. */
export function GroupRoleFields({ roles, value, onChange, kept = {}, error }: GroupRoleFieldsProps) {
  const additional = roles.filter((role) => role.kind === "additional");
  // By role, the end that a box unticked by a slip would take away.
  const [ends, setEnds] = useState<Record<string, string>>({});
  const others = (roleId: string) => value.filter((given) => given.roleId !== roleId);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-ui/[18px] font-medium">Roles</legend>
      <div className="divide-y divide-line rounded-md border border-line">
        {additional.map((role) => {
          const given = value.find(({ roleId }) => roleId === role.id);
          const reason = role.id in kept ? kept[role.id] : role.give.ok ? undefined : role.give.reason;
          return (
            <div key={role.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2 text-ui">
              <CheckLine
                className="min-w-0 flex-1 max-s:basis-full"
                name="roles"
                value={role.id}
                checked={given !== undefined}
                disabled={reason !== undefined}
                onChange={(event) => {
                  if (given) setEnds({ ...ends, [role.id]: given.endsAt });
                  const endsAt = ends[role.id] ?? "";
                  onChange(event.target.checked ? [...others(role.id), { roleId: role.id, endsAt }] : others(role.id));
                }}
                label={<span className="font-medium">{role.name}</span>}
                hint={reason ?? hintOf(role)}
              />
              {given && (
                // biome-ignore lint/a11y/noLabelWithoutControl: the control is inside Input
                <label className="flex items-center gap-2 text-xs text-muted">
                  until
                  <Input
                    {...endYears}
                    type="datetime-local"
                    aria-label={`End of ${role.name}`}
                    value={given.endsAt}
                    disabled={reason !== undefined}
                    onChange={(event) =>
                      onChange(
                        value.map((each) => (each.roleId === role.id ? { ...each, endsAt: event.target.value } : each)),
                      )
                    }
                    className="w-52!"
                  />
                </label>
              )}
            </div>
          );
        })}
        {additional.length === 0 && <p className="px-3 py-2 text-ui text-muted">There are no additional roles.</p>}
      </div>
      {error && (
        <div className="mt-1.5">
          <FieldError>{error}</FieldError>
        </div>
      )}
    </fieldset>
  );
}

function hintOf({ description, needs }: RoleOption): string {
  if (needs.length === 0) return description;
  const names = needs.map(({ name }) => name).join(" or ");
  return `${description} Only with ${names}.`.trim();
}
