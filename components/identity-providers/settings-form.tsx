"use client";
import { useEffect, useState } from "react";
import { same, useConfirmed } from "@/components/access/use-confirmed";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useReload } from "@/components/form/use-reload";
import { useWatched } from "@/components/form/use-watched";
import { ClaimFields } from "@/components/identity-providers/claim-fields";
import { GroupFields } from "@/components/identity-providers/group-fields";
import { type Chosen, PeopleFields } from "@/components/identity-providers/people-fields";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { late } from "@/components/ui/late";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { toast } from "@/components/ui/toaster";
import { previewProviderAction, updateProviderAction } from "@/lib/identity-providers/actions";
import type { MappingPreview } from "@/lib/identity-providers/preview";
import type { ShownProvider } from "@/lib/identity-providers/queries";
import type { UpdateProvider } from "@/lib/identity-providers/schema";
import type { RoleOption } from "@/lib/roles/queries";

type SettingsFormProps = { provider: ShownProvider; roles: RoleOption[] };

const MappingDialog = late(() => import("./mapping-dialog").then((module) => module.MappingDialog));

/** What a provider says about people, and what happens to them. It saves what it shows and nothing else. */
export function SettingsForm(props: SettingsFormProps) {
  const [round, reload] = useReload();
  return <LoadedForm key={round} {...props} onReload={reload} />;
}

function LoadedForm({ provider, roles, onReload }: SettingsFormProps & { onReload: () => void }) {
  const [chosen, setChosen] = useState<Chosen>(chosenOf(provider));
  const [picked, setPicked] = useState<Record<string, string>>({});
  const stored = valuesOf(provider);
  const { action, dialog } = useConfirmed({
    preview: previewProviderAction,
    action: updateProviderAction,
    when: (input) => previewed.some((field) => !same(input[field], stored[field])),
    isQuiet,
    draw: (asked) => <MappingDialog {...asked} provider={provider.name} />,
  });
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/identity-providers/schema").then((module) => module.updateProviderSchema),
    action,
    defaultValues: stored,
    draft: {
      form: "identity-provider",
      record: provider.id,
      fields: ["name", "mapping", "groupsClaim", "groups", "domains", "contact"],
      beside: { value: { groups: picked }, restore: (shown: { groups: typeof picked }) => setPicked(shown.groups) },
    },
    onSuccess: ({ version }, input) => {
      form.reset({ ...input, version });
      toast.success(`${input.name.trim()} is saved`);
    },
  });
  const { errors, isDirty } = form.formState;
  const { value, set } = useWatched(form);

  useEffect(() => {
    if (form.formState.isDirty) return;
    form.reset(valuesOf(provider));
    setChosen(chosenOf(provider));
  }, [form, provider]);

  return (
    <Form {...formProps} className="max-w-[760px]" aria-label="Settings of the identity provider">
      <Panel>
        <PanelHead title="Settings" />
        <PanelBody className="gap-4!">
          <div className="empty:hidden">
            <ErrorSummary
              problem={problem}
              actions={problem?.code === "conflict" && <Button onClick={onReload}>Reload</Button>}
            />
          </div>
          <Field label="Name" error={errors.name?.message} hint={`The button at /sign-in says "Continue with" it.`}>
            <Input {...form.register("name")} autoComplete="off" />
          </Field>
          <ClaimFields
            register={form.register}
            value={value.mapping}
            errors={errors.mapping}
            claims={provider.testClaims}
          />
          <GroupFields
            claim={form.register("groupsClaim")}
            claimName={value.groupsClaim.trim()}
            value={value.groups}
            onChange={(groups) => set("groups", groups)}
            names={{ ...namesOf(provider), ...picked }}
            onPicked={({ id, label }) => setPicked({ ...picked, [id]: label })}
            errors={errors}
            provider={provider}
          />
          <PeopleFields
            contact={form.register("contact")}
            value={value}
            set={set}
            errors={errors}
            roles={roles}
            chosen={chosen}
            onChosen={setChosen}
          />
        </PanelBody>
        <PanelFoot
          actions={
            <SubmitButton pending={pending} pendingLabel="Updating" changed={isDirty}>
              Update
            </SubmitButton>
          }
        >
          Applies from the next sign-in through it.
        </PanelFoot>
      </Panel>
      {dialog}
    </Form>
  );
}

/** What affects people who are known already, or what newcomers get. */
const previewed = [
  "mapping",
  "groupsClaim",
  "groups",
  "domains",
  "trustsEmail",
  "createsUsers",
  "ownerId",
  "ceilingRoleIds",
  "defaultRoleId",
  "defaultGroupIds",
] as const satisfies (keyof UpdateProvider)[];

const chosenOf = ({ owner, defaultGroups }: ShownProvider): Chosen => ({
  owner: owner && { id: owner.id, label: owner.name },
  groups: defaultGroups,
});

const namesOf = ({ groups }: ShownProvider) => Object.fromEntries(groups.map(({ groupId, group }) => [groupId, group]));

const valuesOf = ({ id, version, ownerId, ...shown }: ShownProvider): UpdateProvider => ({
  id,
  version,
  ownerId: ownerId ?? "",
  name: shown.name,
  mapping: shown.mapping,
  groupsClaim: shown.groupsClaim,
  groups: shown.groups.map(({ value, groupId }) => ({ value, groupId })),
  domains: shown.domains,
  trustsEmail: shown.trustsEmail,
  createsUsers: shown.createsUsers,
  managesUsers: shown.managesUsers,
  ceilingRoleIds: shown.ceilingRoleIds,
  defaultRoleId: shown.defaultRoleId,
  defaultGroupIds: shown.defaultGroupIds,
  contact: shown.contact,
});

/** Nothing is to be said where nobody known changes, and nothing is withheld. */
const isQuiet = ({ people, withheld, creates }: MappingPreview) =>
  people.changed + people.unforeseen === 0 && withheld.length === 0 && creates === null;
