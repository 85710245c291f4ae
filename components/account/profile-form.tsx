"use client";
import { PreferenceFields } from "@/components/account/preference-fields";
import { useVersion } from "@/components/account/use-version";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FixedField } from "@/components/form/fixed-field";
import { Form } from "@/components/form/form";
import { SaveBar } from "@/components/form/save-bar";
import { useActionForm } from "@/components/form/use-action-form";
import { useStored } from "@/components/form/use-stored";
import { Input } from "@/components/ui/input";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { toast } from "@/components/ui/toaster";
import { updateAccountAction } from "@/lib/account/actions";
import { preferenceLabels } from "@/lib/account/preferences";
import type { ProfileValues } from "@/lib/account/profile-schema";
import type { Account } from "@/lib/account/queries";
import { type KeptField, keptReason } from "@/lib/people/kept-fields";

const labels = {
  firstName: "First Name",
  lastName: "Last Name",
  ...preferenceLabels,
};

type Profile = Pick<Account, "version" | "firstName" | "lastName" | "keeper" | "timeZone" | "dateForm" | "shortcuts">;

/** One's own name and preferences, with one bar that saves whatever was edited of them in one commit. */
export function ProfileForm({ account }: { account: Profile }) {
  const { version, firstName, lastName, keeper } = account;
  const known = useVersion(version);
  const kept = (field: KeptField) => keeper?.fields.includes(field) && keptReason(keeper);
  // What a provider keeps is no field here: its names need not fit the rules of ours.
  const stored: ProfileValues = {
    ...(!kept("firstName") && { firstName }),
    ...(!kept("lastName") && { lastName }),
    timeZone: account.timeZone ?? "",
    dateForm: account.dateForm ?? "",
    shortcuts: account.shortcuts,
  };
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/account/profile-schema").then((module) => module.profileSchema),
    action: (input: ProfileValues) => updateAccountAction({ ...edited(input), version: known.current() }),
    defaultValues: stored,
    draft: { form: "own-profile", fields: ["firstName", "lastName", "timeZone", "dateForm", "shortcuts"] },
    onSuccess: () => toast.success("Your profile is saved"),
    onRefused: known.learn,
  });
  const { errors, dirtyFields } = form.formState;
  useStored(form, stored);

  function edited(input: ProfileValues): ProfileValues {
    const before: ProfileValues = form.formState.defaultValues ?? {};
    const isEdited = ([field, value]: [string, unknown]) => value !== before[field as keyof ProfileValues];
    return Object.fromEntries(Object.entries(input).filter(isEdited));
  }

  return (
    <Form {...formProps} aria-label="Name and preferences" className="grid gap-4">
      <ErrorSummary problem={problem} labels={labels} />
      <Panel aria-labelledby="own-name">
        <PanelHead title="Name" titleId="own-name" />
        <PanelBody>
          <div className="grid grid-cols-2 gap-3 max-s:grid-cols-1">
            {kept("firstName") ? (
              <FixedField label={labels.firstName} value={firstName} reason={kept("firstName")} />
            ) : (
              <Field label={labels.firstName} error={errors.firstName?.message}>
                <Input {...form.register("firstName")} defaultValue={firstName} autoComplete="given-name" />
              </Field>
            )}
            {kept("lastName") ? (
              <FixedField label={labels.lastName} value={lastName || "None"} reason={kept("lastName")} />
            ) : (
              <Field label={labels.lastName} optional error={errors.lastName?.message}>
                <Input {...form.register("lastName")} defaultValue={lastName} autoComplete="family-name" />
              </Field>
            )}
          </div>
        </PanelBody>
      </Panel>
      <PreferenceFields form={form} labels={labels} />
      <SaveBar
        changes={Object.values(dirtyFields).filter(Boolean).length}
        pending={pending}
        onDiscard={() => form.reset()}
      />
    </Form>
  );
}
