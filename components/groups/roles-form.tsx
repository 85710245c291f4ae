"use client";
import { useEffect, useState } from "react";
import type { z } from "zod";
import { usePreviewed } from "@/components/access/use-previewed";
import { ErrorSummary } from "@/components/form/error-summary";
import { Form } from "@/components/form/form";
import { fromLocal, toLocal } from "@/components/form/local-time";
import { SubmitButton } from "@/components/form/submit-button";
import { undoInForm } from "@/components/form/undo-in-form";
import { tellDone } from "@/components/form/undo-toast";
import { useActionForm } from "@/components/form/use-action-form";
import { useReload } from "@/components/form/use-reload";
import { GroupRoleFields } from "@/components/groups/group-role-fields";
import { Button } from "@/components/ui/button";
import { Panel, PanelFoot, PanelHead } from "@/components/ui/panel";
import { useReading } from "@/components/ui/reading";
import { mayUpdateGroupRolesAction, previewUpdateGroupRolesAction, updateGroupRolesAction } from "@/lib/groups/actions";
import type { GroupDetail } from "@/lib/groups/queries";
import type { updateGroupRolesSchema } from "@/lib/groups/schema";
import type { RoleOption } from "@/lib/roles/queries";

type RolesInput = z.input<typeof updateGroupRolesSchema>;
type RolesFormProps = { group: GroupDetail; roles: RoleOption[] };

/** The form "Roles" of a group: what it carries and until when. What that does to its members is shown first (R9). */
export function RolesForm(props: RolesFormProps) {
  const [round, reload] = useReload();
  return <LoadedForm key={round} {...props} onReload={reload} />;
}

function LoadedForm({ group, roles, onReload }: RolesFormProps & { onReload: () => void }) {
  const { zone } = useReading();
  // The clock with which the fields were filled: their values are read with the same one.
  const [filled, setFilled] = useState(zone);
  const { action, dialog } = usePreviewed({
    preview: (input: RolesInput) => previewUpdateGroupRolesAction(sent(input, filled, group)),
    action: (input: RolesInput) => updateGroupRolesAction(sent(input, filled, group)),
    verb: "Update",
  });
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/groups/schema").then((module) => module.updateGroupRolesSchema),
    action,
    defaultValues: valuesOf(group, filled),
    draft: { form: "group-roles", record: group.id, fields: ["roles"] },
    onSuccess: ({ version }, input) => {
      const carried = { ...(before as RolesInput), version };
      const back = sent(carried, filled, group);
      form.reset({ ...input, version });
      void tellDone(`Roles of ${group.name} are saved`, {
        about: group.id,
        what: `changes to the roles of ${group.name}`,
        may: () => mayUpdateGroupRolesAction(back),
        run: () => undoInForm(form, carried, () => updateGroupRolesAction(back)),
        done: `Changes to the roles of ${group.name} are undone`,
      });
    },
  });
  const { errors, isDirty, defaultValues: before } = form.formState;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is stored has come again with the group, and only then
  useEffect(() => {
    if (form.formState.isDirty) return;
    setFilled(zone);
    form.reset(valuesOf(group, zone));
  }, [form, group]);

  const kept = Object.fromEntries(
    group.roles.map(({ roleId, take }) => [roleId, take.ok ? undefined : take.reason] as const),
  );
  return (
    <>
      <Form {...formProps} className="max-w-[760px]" aria-label="Roles">
        <Panel>
          <PanelHead title={`Carried by ${group.name}`} hint="Every member of the group holds them." />
          <div className="grid gap-4 px-4 pt-1 pb-4">
            <ErrorSummary
              problem={problem}
              actions={problem?.code === "conflict" && <Button onClick={onReload}>Reload</Button>}
            />
            <GroupRoleFields
              roles={roles}
              value={form.watch("roles")}
              kept={kept}
              onChange={(next) => {
                form.setValue("roles", inOrder(next), { shouldDirty: true });
                form.clearErrors("roles");
              }}
              error={errors.roles?.message}
            />
          </div>
          <PanelFoot
            actions={
              <SubmitButton pending={pending} pendingLabel="Updating" changed={isDirty}>
                Update
              </SubmitButton>
            }
          />
        </Panel>
      </Form>
      {dialog}
    </>
  );
}

const sent = (input: RolesInput, zone: string, { roles }: GroupDetail): RolesInput => ({
  ...input,
  roles: input.roles.map(({ roleId, endsAt }) => ({
    roleId,
    endsAt: fromLocal(endsAt, zone, storedEnd(roles.find((held) => held.roleId === roleId))),
  })),
});

const storedEnd = (held: { endsAt: Date | null } | undefined) => held?.endsAt?.toISOString() ?? null;

/** One order, so that ticking a role and unticking it again is no change. */
const inOrder = (given: RolesInput["roles"]) => given.toSorted((a, b) => (a.roleId < b.roleId ? -1 : 1));

const valuesOf = ({ id, version, roles }: GroupDetail, zone: string): RolesInput => ({
  id,
  version,
  roles: inOrder(roles.map((held) => ({ roleId: held.roleId, endsAt: toLocal(storedEnd(held), zone) }))),
});
