"use client";
import { X } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import type { z } from "zod";
import { EndInput } from "@/components/form/end-input";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field, FieldError } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { fromLocal, localWords, toLocal } from "@/components/form/local-time";
import { SubmitButton } from "@/components/form/submit-button";
import { answerOf } from "@/components/ui/answer-of";
import { Button, LinkButton } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { useRowFocus } from "@/components/ui/focus";
import { Panel, PanelFoot, PanelHead } from "@/components/ui/panel";
import { roleFieldId } from "@/components/users/role-fields";
import { type Told, useUserForm } from "@/components/users/use-user-form";
import {
  mayUpdateAccessAction,
  pickGroupAction,
  previewUpdateAccessAction,
  updateAccessAction,
} from "@/lib/users/actions";
import type { StoredForm } from "@/lib/users/conflict";
import type { DirectRole, Membership, UserDetail } from "@/lib/users/queries";
import type { updateAccessSchema } from "@/lib/users/schema";

type AccessFormProps = { user: UserDetail; given: { memberships: Membership[]; direct: DirectRole[] } };
type AccessInput = z.input<typeof updateAccessSchema>;

/** The form "Roles and Groups": memberships, and until when roles and memberships last (U6). */
export function AccessForm({ user, given }: AccessFormProps) {
  const [picked, setPicked] = useState<Record<string, string>>({});
  const { form, formProps, pending, problem, names, comparison, dialog } = useUserForm({
    user,
    schema: () => import("@/lib/users/schema").then((module) => module.updateAccessSchema),
    take: (stored, zone) => accessValues(user.id, stored, zone),
    sent: (input, zone) => sent(input, zone, user.form),
    save: updateAccessAction,
    preview: previewUpdateAccessAction,
    mayUndo: mayUpdateAccessAction,
    // What a provider gave would come back as given by somebody here (I3).
    undoable: (_, after) =>
      given.memberships.every(({ groupId, by }) => !by || after.memberships.some((kept) => kept.groupId === groupId)),
    accessFields: ["memberships", "roleEnds"],
    words: accessWords,
    names: { ...picked, ...namesOf(given) },
    draft: {
      form: "user-access",
      fields: ["memberships", "roleEnds"],
      beside: {
        value: { memberships: picked },
        restore: (shown: { memberships: typeof picked }) => setPicked(shown.memberships),
      },
    },
    onSaved: (values) => ({ words: `Roles and groups of ${user.name} are saved`, values }),
  });
  const [memberships, roleEnds] = form.watch(["memberships", "roleEnds"]);
  if (comparison) return comparison;

  const { errors } = form.formState;
  const fieldOf = (role: string) => `/admin/users/${user.id}#${roleFieldId(role)}`;
  const givers = [...new Set(given.memberships.flatMap(({ by }) => by ?? []))];
  function setMemberships(next: AccessInput["memberships"]) {
    form.setValue("memberships", next, { shouldDirty: true });
    form.clearErrors("memberships");
  }
  return (
    <Form {...formProps} aria-label="Roles and Groups">
      <Panel>
        <PanelHead
          title={`Given to ${user.firstName}`}
          hint='Choose roles under "User Details". "Change" takes you there.'
        />
        <div className="grid gap-4 px-4 pt-1 pb-4">
          <ErrorSummary problem={problem} />
          <Lines legend="Roles">
            <Line name={user.primaryRole.name} hint="primary role" change={fieldOf("primary")}>
              <span className="text-xs text-muted">no end</span>
            </Line>
            {roleEnds.map((held, index) => (
              <DatedLine
                key={held.roleId}
                name={names[held.roleId] ?? "Role"}
                change={fieldOf(held.roleId)}
                field={`roleEnds.${index}.endsAt`}
                value={held.endsAt}
                error={errors.roleEnds?.[index]?.endsAt?.message}
                onChange={(endsAt) => {
                  form.setValue(`roleEnds.${index}.endsAt`, endsAt, { shouldDirty: true });
                  form.clearErrors(`roleEnds.${index}.endsAt`);
                }}
              />
            ))}
          </Lines>
          <Lines legend="Groups">
            {memberships.map((held, index) => (
              <DatedLine
                key={held.groupId}
                name={names[held.groupId] ?? "Group"}
                field={`memberships.${index}.endsAt`}
                hint={hintOf(given.memberships.find(({ groupId }) => groupId === held.groupId))}
                value={held.endsAt}
                error={errors.memberships?.[index]?.endsAt?.message}
                onChange={(endsAt) => setMemberships(memberships.with(index, { ...held, endsAt }))}
                onRemove={() => setMemberships(memberships.filter((_, at) => at !== index))}
              />
            ))}
            {memberships.length === 0 && <p className="px-3 py-2 text-ui text-muted">Not in any group.</p>}
          </Lines>
          {givers.length > 0 && (
            <p className="text-xs text-muted">
              A membership by {givers.join(" or ")} comes back at the next sign-in when it is removed here. Remove the
              person from the group there instead.
            </p>
          )}
          <Field label="Add to group">
            <Combobox
              label="Add to group"
              placeholder="Search groups"
              value={null}
              search={(q) => answerOf(pickGroupAction({ q }))}
              onChange={(group) => {
                if (!group || memberships.some(({ groupId }) => groupId === group.id)) return;
                setPicked({ ...picked, [group.id]: group.label });
                setMemberships([...memberships, { groupId: group.id, endsAt: "" }]);
              }}
            />
          </Field>
        </div>
        <PanelFoot
          actions={
            <SubmitButton pending={pending} pendingLabel="Updating" changed={form.formState.isDirty}>
              Update
            </SubmitButton>
          }
        />
      </Panel>
      {dialog}
    </Form>
  );
}

function sent(input: AccessInput, zone: string, { memberships, roleEnds }: StoredForm): AccessInput {
  const ends = new Map([
    ...memberships.map(({ groupId, endsAt }) => [groupId, endsAt] as const),
    ...roleEnds.map(({ roleId, endsAt }) => [roleId, endsAt] as const),
  ]);
  const end = (id: string, local: string) => fromLocal(local, zone, ends.get(id));
  return {
    ...input,
    memberships: input.memberships.map(({ groupId, endsAt }) => ({ groupId, endsAt: end(groupId, endsAt) })),
    roleEnds: input.roleEnds.map(({ roleId, endsAt }) => ({ roleId, endsAt: end(roleId, endsAt) })),
  };
}

const accessValues = (id: string, stored: StoredForm, zone: string): AccessInput => ({
  id,
  version: stored.version,
  memberships: stored.memberships.map(({ groupId, endsAt }) => ({ groupId, endsAt: toLocal(endsAt, zone) })),
  roleEnds: stored.roleEnds.map(({ roleId, endsAt }) => ({ roleId, endsAt: toLocal(endsAt, zone) })),
});

const hintOf = (membership: Membership | undefined) =>
  [membership?.owner && "owner", membership?.by && `by ${membership.by}`].filter(Boolean).join(", ");

const namesOf = ({ memberships, direct }: AccessFormProps["given"]) =>
  Object.fromEntries([
    ...memberships.map(({ groupId, name }) => [groupId, name]),
    ...direct.map(({ roleId, name }) => [roleId, name]),
  ]);

function accessWords(field: string, value: unknown, { names, reading }: Told) {
  const held = value as { groupId?: string; roleId?: string; endsAt: string }[];
  const words = held.map(({ groupId, roleId, endsAt }) => {
    const name = names[groupId ?? roleId ?? ""] ?? "another group";
    return endsAt ? `${name} until ${localWords(endsAt, reading)}` : name;
  });
  return { label: field === "memberships" ? "Groups" : "Role dates", words: words.join(", ") || "none" };
}

function Lines({ legend, children }: { legend: string; children: ReactNode }) {
  const title = useRef<HTMLLegendElement>(null);
  const rowFocus = useRowFocus(() => title.current);
  return (
    <fieldset className="min-w-0">
      <legend ref={title} tabIndex={-1} className="mb-1.5 rounded-sm text-ui/[18px] font-medium">
        {legend}
      </legend>
      <div {...rowFocus} className="divide-y divide-line rounded-md border border-line">
        {children}
      </div>
    </fieldset>
  );
}

type LineProps = {
  name: string;
  hint?: string | undefined;
  /** Where the role is chosen. */
  change?: string;
  children: ReactNode;
};

function Line({ name, hint, change, children }: LineProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2 text-ui">
      <span className="min-w-0 flex-1 truncate font-medium">
        {name} {hint && <span className="text-xs font-normal text-muted">{hint}</span>}
      </span>
      {children}
      {change && (
        <LinkButton size="s" href={change} aria-description={name}>
          Change
        </LinkButton>
      )}
    </div>
  );
}

type DatedLineProps = Omit<LineProps, "children"> & {
  /** What the form calls it, for the way from the list of errors. */
  field: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
  onRemove?: () => void;
};

function DatedLine({ field, value, error, onChange, onRemove, ...line }: DatedLineProps) {
  const errorId = useId();
  return (
    <Line {...line}>
      <span className="flex items-center gap-2 text-xs text-muted max-s:order-last max-s:basis-full">
        until
        <EndInput
          name={field}
          aria-label={`End of ${line.name}`}
          aria-invalid={error ? true : undefined}
          aria-describedby={error && errorId}
          what={line.name}
          value={value}
          onChange={onChange}
          className="w-52!"
        />
      </span>
      {onRemove && (
        <Button variant="quiet" size="icon-s" aria-label={`Remove from ${line.name}`} onClick={onRemove}>
          <X aria-hidden />
        </Button>
      )}
      {error && (
        <div className="order-last basis-full">
          <FieldError id={errorId}>{error}</FieldError>
        </div>
      )}
    </Line>
  );
}
