"use client";
import { useEffect } from "react";
import type { z } from "zod";
import { usePreviewed } from "@/components/access/use-previewed";
import { ErrorSummary } from "@/components/form/error-summary";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { undoInForm } from "@/components/form/undo-in-form";
import { tellDone } from "@/components/form/undo-toast";
import { useActionForm } from "@/components/form/use-action-form";
import { useReload } from "@/components/form/use-reload";
import { Button } from "@/components/ui/button";
import { StickyFoot } from "@/components/ui/sticky-foot";
import { mayUpdateRoleAction, previewRoleAction, updateRoleAction } from "@/lib/roles/actions";
import type { RoleDetail, RoleFormParts } from "@/lib/roles/detail";
import type { updateRoleSchema } from "@/lib/roles/schema";
import { RoleFields } from "./role-fields";
import { inOrder } from "./role-values";

type RoleInput = z.input<typeof updateRoleSchema>;
type EditRoleFormProps = { role: RoleDetail; parts: RoleFormParts };

const valuesOf = ({ id, version, name, description, rank, combinesWith, operations }: RoleDetail): RoleInput =>
  inOrder({ id, version, name, description, rank, combinesWith, operations });

/** The form of a role. Before it is saved, it says who gains and who loses what (R9). */
export function EditRoleForm(props: EditRoleFormProps) {
  const [round, reload] = useReload();
  return <LoadedForm key={round} {...props} onReload={reload} />;
}

function LoadedForm({ role, parts, onReload }: EditRoleFormProps & { onReload: () => void }) {
  const stored = valuesOf(role);
  const { action, dialog } = usePreviewed({
    preview: previewRoleAction,
    action: updateRoleAction,
    verb: "Update",
    when: ({ operations, combinesWith }: RoleInput) =>
      JSON.stringify([operations, combinesWith]) !== JSON.stringify([stored.operations, stored.combinesWith]),
  });
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/roles/schema").then((module) => module.updateRoleSchema),
    action,
    defaultValues: stored,
    draft: {
      form: "role",
      record: role.id,
      fields: ["name", "description", "rank", "combinesWith", "operations"],
    },
    onSuccess: ({ version }, input) => {
      const name = input.name.trim();
      const back = { ...(before as RoleInput), version };
      form.reset({ ...input, version });
      void tellDone(`${name} is saved`, {
        about: role.id,
        what: `changes to ${name}`,
        may: () => mayUpdateRoleAction(back),
        run: () => undoInForm(form, back, () => updateRoleAction(back)),
        done: `Changes to ${back.name} are undone`,
      });
    },
  });
  const { errors, isDirty, defaultValues: before } = form.formState;
  const [rank, combinesWith, operations] = form.watch(["rank", "combinesWith", "operations"]);

  useEffect(() => {
    if (!form.formState.isDirty) form.reset(valuesOf(role));
  }, [form, role]);

  return (
    <Form {...formProps} className="grid max-w-[760px] gap-4 l:max-w-[1136px]" aria-label="Role">
      <div className="empty:hidden">
        <ErrorSummary
          problem={problem}
          actions={
            problem?.code === "conflict" && (
              <Button size="s" onClick={onReload}>
                Reload
              </Button>
            )
          }
        />
      </div>
      <RoleFields
        parts={parts}
        name={form.register("name")}
        description={form.register("description")}
        value={{ kind: role.kind, rank, combinesWith, operations }}
        onChange={(change) => {
          for (const [field, value] of Object.entries(change))
            form.setValue(field as "rank" | "combinesWith" | "operations", value as never, { shouldDirty: true });
        }}
        errors={{
          name: errors.name?.message,
          description: errors.description?.message,
          rank: errors.rank?.message,
          combinesWith: errors.combinesWith?.message,
          operations: errors.operations?.message,
        }}
      />
      <StickyFoot>
        <SubmitButton pending={pending} pendingLabel="Updating" changed={isDirty}>
          Update
        </SubmitButton>
      </StickyFoot>
      {dialog}
    </Form>
  );
}
