"use client";
import { useVersion } from "@/components/account/use-version";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field, FixedField } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Input } from "@/components/ui/input";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { toast } from "@/components/ui/toaster";
import { updateAccountAction } from "@/lib/account/actions";
import { type Keeper, type KeptField, keptReason } from "@/lib/people/kept-fields";

interface NameFormProps {
  account: { version: number; firstName: string; lastName: string };
  keeper: Keeper | null;
}

export function NameForm({ account: { version, firstName, lastName }, keeper }: NameFormProps) {
  const known = useVersion(version);
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/account/schema").then((module) => module.ownNameSchema),
    action: (input) => updateAccountAction({ ...input, version: known.current() }),
    defaultValues: { firstName, lastName },
    draft: { form: "own-name", fields: ["firstName", "lastName"] },
    onSuccess: (_, input) => {
      form.reset(input);
      toast.success("Your name is saved.");
    },
    onRefused: known.learn,
  });
  const { errors, isDirty } = form.formState;
  const kept = (field: KeptField) => keeper?.fields.includes(field) && keptReason(keeper);
  return (
    <Panel aria-labelledby="own-name">
      <Form {...formProps} flush aria-labelledby="own-name">
        <PanelHead title="Name" titleId="own-name" />
        <PanelBody>
          <ErrorSummary problem={problem} labels={{ firstName: "First Name", lastName: "Last Name" }} />
          <div className="grid grid-cols-2 gap-3 max-s:grid-cols-1">
            {kept("firstName") ? (
              <FixedField label="First Name" value={firstName} reason={kept("firstName")} />
            ) : (
              <Field label="First Name" error={errors.firstName?.message}>
                <Input {...form.register("firstName")} defaultValue={firstName} autoComplete="given-name" />
              </Field>
            )}
            {kept("lastName") ? (
              <FixedField label="Last Name" value={lastName || "None"} reason={kept("lastName")} />
            ) : (
              <Field label="Last Name" optional error={errors.lastName?.message}>
                <Input {...form.register("lastName")} defaultValue={lastName} autoComplete="family-name" />
              </Field>
            )}
          </div>
        </PanelBody>
        {!(kept("firstName") && kept("lastName")) && (
          <PanelFoot
            actions={
              <SubmitButton pending={pending} pendingLabel="Saving" changed={isDirty}>
                Update
              </SubmitButton>
            }
          />
        )}
      </Form>
    </Panel>
  );
}
