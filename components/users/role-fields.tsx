"use client";
import type { ReactNode } from "react";
import { Field, FieldError } from "@/components/form/field";
import { CheckLine } from "@/components/ui/check-line";
import { Note } from "@/components/ui/note";
import { Select } from "@/components/ui/select";
import type { RoleOption } from "@/lib/roles/queries";

type RoleFieldsProps = {
  roles: RoleOption[];
  value: { primaryRoleId: string; additionalRoleIds: string[] };
  /** What is held already, which anybody who may edit may keep. */
  held: { primaryRoleId: string; additionalRoleIds: string[] };
  /** Of a role that has ended since it was given: when. */
  ended?: (roleId: string) => ReactNode;
  onChange: (value: { primaryRoleId: string; additionalRoleIds: string[] }) => void;
  /** Names of roles that the last change of the primary role cleared. */
  cleared: string[];
  onCleared: (names: string[]) => void;
  errors: { primaryRoleId?: string; additionalRoleIds?: string };
};

/**
 * Primary and additional roles together, since one decides about the other: a choice such as "Admin" appears only while
 * the primary role allows it, and lowering that clears it with a notice; alone, "Admin" may be the primary role (R2). One
 * that is held and does not fit any more is dormant: it stays and can be taken away (R5).
 */
export function RoleFields(props: RoleFieldsProps) {
  const { roles, value, held, ended, onChange, cleared, onCleared, errors } = props;
  const mayBePrimary = ({ id, kind, admin, give }: RoleOption) =>
    kind === "primary" || (admin && (give.ok || id === held.primaryRoleId));
  const ladder = roles.filter(mayBePrimary);
  const primary = [...ladder.filter(({ admin }) => !admin), ...ladder.filter(({ admin }) => admin)];
  const chosen = primary.find((role) => role.id === value.primaryRoleId);
  const fits = (role: RoleOption, primaryRoleId: string) =>
    role.needs.length === 0 || role.needs.some((needed) => needed.id === primaryRoleId);
  const additional = roles.filter((role) => role.kind === "additional" && role.id !== value.primaryRoleId);
  const refused = primary.flatMap(({ id, give }) => (give.ok || id === held.primaryRoleId ? [] : [give.reason]));
  const dormant = (role: RoleOption) =>
    !fits(role, value.primaryRoleId) &&
    value.primaryRoleId === held.primaryRoleId &&
    held.additionalRoleIds.includes(role.id);
  const offered = additional.filter((role) => fits(role, value.primaryRoleId) || dormant(role));
  const withheld = additional.filter((role) => !offered.includes(role) && !cleared.includes(role.name));

  function hintOf(role: RoleOption): ReactNode {
    const end = held.additionalRoleIds.includes(role.id) && ended?.(role.id);
    if (end) return end;
    if (dormant(role)) return `Not in force: needs ${needsOf(role)}.`;
    return role.give.ok || held.additionalRoleIds.includes(role.id) ? undefined : role.give.reason;
  }

  function choosePrimary(primaryRoleId: string) {
    const others = additional.filter(({ id }) => value.additionalRoleIds.includes(id) && id !== primaryRoleId);
    const [kept, gone] = [true, false].map((stays) => others.filter((role) => fits(role, primaryRoleId) === stays));
    onCleared(gone?.map(({ name }) => name) ?? []);
    onChange({ primaryRoleId, additionalRoleIds: kept?.map(({ id }) => id) ?? [] });
  }

  function toggle(role: RoleOption, on: boolean) {
    const others = value.additionalRoleIds.filter((id) => id !== role.id);
    onChange({ ...value, additionalRoleIds: on ? [...others, role.id] : others });
  }

  return (
    <>
      <Field label="Primary Role" error={errors.primaryRoleId} hint={linesOf([chosen?.description, ...refused])}>
        <Select
          id={roleFieldId("primary")}
          name="primaryRoleId"
          value={value.primaryRoleId}
          onChange={(event) => choosePrimary(event.target.value)}
          options={[
            ...(chosen ? [] : [{ value: "", label: "Choose a role" }]),
            ...primary.map((role) => ({
              value: role.id,
              label: role.name,
              disabled: !role.give.ok && role.id !== held.primaryRoleId,
            })),
          ]}
        />
      </Field>
      <fieldset className="grid min-w-0 content-start gap-2">
        <legend className="mb-1.5 text-ui/[18px] font-medium">Additional Roles</legend>
        {offered.map((role) => (
          <AdditionalRole
            key={role.id}
            role={role}
            on={value.additionalRoleIds.includes(role.id)}
            hint={hintOf(role)}
            disabled={!role.give.ok && !held.additionalRoleIds.includes(role.id)}
            onToggle={(on) => toggle(role, on)}
          />
        ))}
        {withheld.length > 0 && (
          <div className="grid gap-1 text-xs text-muted">
            {chosen && <p>Not available with {chosen.name}:</p>}
            <ul className="grid list-disc gap-1 pl-4">
              {withheld.map((role) => (
                <li key={role.id}>
                  "{role.name}" can be combined only with {needsOf(role)}.
                </li>
              ))}
            </ul>
          </div>
        )}
        {additional.length === 0 && <Hint>There are no additional roles.</Hint>}
        <FieldError>{errors.additionalRoleIds}</FieldError>
        <div role="status">
          {cleared.length > 0 && (
            <Note tone="accent">
              {cleared.map((name) => `"${name}"`).join(" and ")} {cleared.length > 1 ? "were" : "was"} cleared because
              you chose {chosen?.name}.
            </Note>
          )}
        </div>
      </fieldset>
    </>
  );
}

/** The field in which a role is chosen, for the way there from elsewhere. */
export const roleFieldId = (role: string) => `role-${role}`;

type AdditionalRoleProps = {
  role: RoleOption;
  on: boolean;
  hint: ReactNode;
  disabled: boolean;
  onToggle: (on: boolean) => void;
};

function AdditionalRole({ role, on, hint, disabled, onToggle }: AdditionalRoleProps) {
  return (
    <CheckLine
      id={roleFieldId(role.id)}
      name="additionalRoleIds"
      value={role.id}
      checked={on}
      disabled={disabled}
      onChange={(event) => onToggle(event.target.checked)}
      label={role.name}
      hint={hint}
    />
  );
}

/** One line for each sentence; null when there is none. */
const linesOf = (sentences: (string | undefined)[]): ReactNode => {
  const lines = sentences.filter(Boolean);
  if (lines.length === 0) return null;
  return lines.map((line) => (
    <span key={line} className="block">
      {line}
    </span>
  ));
};

const needsOf = ({ needs }: RoleOption) => needs.map(({ name }) => name).join(" or ");

const Hint = ({ children }: { children: ReactNode }) => <p className="text-xs text-muted">{children}</p>;
