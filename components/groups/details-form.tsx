"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { z } from "zod";
import { usePreviewed } from "@/components/access/use-previewed";
import { ErrorSummary } from "@/components/form/error-summary";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { undoInForm } from "@/components/form/undo-in-form";
import { tellDone } from "@/components/form/undo-toast";
import { useActionForm } from "@/components/form/use-action-form";
import { useReload } from "@/components/form/use-reload";
import { IdentityFields } from "@/components/groups/identity-fields";
import { listAddress } from "@/components/list/list-addresses";
import { Button } from "@/components/ui/button";
import type { Option } from "@/components/ui/combobox";
import { Panel, PanelFoot, PanelHead } from "@/components/ui/panel";
import { mayUpdateGroupAction, previewUpdateGroupAction, updateGroupAction } from "@/lib/groups/actions";
import { groupsPath } from "@/lib/groups/paths";
import type { GroupDetail } from "@/lib/groups/queries";
import type { updateGroupSchema } from "@/lib/groups/schema";

type DetailsInput = z.input<typeof updateGroupSchema>;

/** The form "Group Details". It saves what it shows and nothing else. */
export function DetailsForm({ group }: { group: GroupDetail }) {
  const [round, reload] = useReload();
  return <LoadedForm key={round} group={group} onReload={reload} />;
}

function LoadedForm({ group, onReload }: { group: GroupDetail; onReload: () => void }) {
  const router = useRouter();
  const [owner, setOwner] = useState<Option | null>(ownerOf(group));
  const { action, dialog } = usePreviewed({
    preview: previewUpdateGroupAction,
    action: updateGroupAction,
    verb: "Update",
    when: (input) => input.ownerId !== group.ownerId,
  });
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/groups/schema").then((module) => module.updateGroupSchema),
    action,
    defaultValues: valuesOf(group),
    draft: {
      form: "group-details",
      record: group.id,
      fields: ["name", "description", "ownerId"],
      beside: { value: { ownerId: owner }, restore: (shown: { ownerId: Option | null }) => setOwner(shown.ownerId) },
    },
    onSuccess: ({ version, inSight }, input) => {
      const name = input.name.trim();
      const back = { ...(before as DetailsInput), version };
      form.reset({ ...input, version });
      void tellDone(
        `${name} is saved`,
        inSight
          ? {
              about: group.id,
              what: `changes to ${name}`,
              may: () => mayUpdateGroupAction(back),
              run: () => undoInForm(form, back, () => updateGroupAction(back)),
              done: `Changes to ${back.name} are undone`,
            }
          : null,
      );
      if (!inSight) router.replace(listAddress(groupsPath));
    },
  });
  const { errors, isDirty, defaultValues: before } = form.formState;
  const ownerId = form.watch("ownerId");

  useEffect(() => {
    if (form.formState.isDirty) return;
    form.reset(valuesOf(group));
    setOwner(ownerOf(group));
  }, [form, group]);

  return (
    <>
      <Form {...formProps} className="max-w-[760px]" aria-label="Group Details">
        <Panel>
          <PanelHead title="Details" />
          <div className="grid gap-4 px-4 pt-1 pb-4">
            <ErrorSummary
              problem={problem}
              actions={problem?.code === "conflict" && <Button onClick={onReload}>Reload</Button>}
            />
            <IdentityFields
              name={form.register("name")}
              description={form.register("description")}
              owner={ownerId === group.ownerId ? ownerOf(group) : owner}
              onOwner={(option) => {
                setOwner(option);
                form.setValue("ownerId", option?.id ?? null, { shouldDirty: true });
                form.clearErrors("ownerId");
              }}
              errors={errors}
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

const ownerOf = ({ owner }: GroupDetail): Option | null => owner && { id: owner.id, label: owner.name };

const valuesOf = ({ id, version, name, description, ownerId }: GroupDetail): DetailsInput => ({
  id,
  version,
  name,
  description,
  ownerId,
});
