"use client";
import { useEffect } from "react";
import { ActionButton } from "@/components/form/action-button";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { SettingOrigin } from "@/components/settings/setting-origin";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { updateSettingAction } from "@/lib/settings/actions";
import type { ShownSetting } from "@/lib/settings/queries";
import type { UpdateSetting } from "@/lib/settings/schema";

/** One setting, saved by its own "Update". */
export function SettingForm({ setting, zone, now }: { setting: ShownSetting; zone: string; now: Date }) {
  const { key, label, sentence, unit, isText, choices, minimum, maximum, value } = setting;
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/settings/schema").then((module) => module.updateSettingSchema),
    action: updateSettingAction,
    defaultValues: { key, value } as UpdateSetting,
    draft: { form: "setting", record: key, fields: ["value"] },
    onSuccess: (_, input) => {
      form.reset(input);
      toast.success(`“${label}” is saved`);
    },
  });
  const { errors, isDirty } = form.formState;

  useEffect(() => form.reset({ key, value }), [form, key, value]);

  return (
    <Form {...formProps} aria-label={label} className="grid gap-2.5">
      {problem && !problem.fields.value && <ErrorSummary problem={problem} />}
      <Field label={label} hint={sentence} error={errors.value?.message}>
        {choices ? (
          <Select {...form.register("value")} options={choices} className="max-w-[320px]" />
        ) : isText ? (
          <Input {...form.register("value")} autoComplete="off" spellCheck={false} className="max-w-[180px]" />
        ) : (
          <Input
            {...form.register("value")}
            type="number"
            inputMode="numeric"
            min={minimum ?? undefined}
            max={maximum ?? undefined}
            step={1}
            autoComplete="off"
            end={unit && <span className="pr-2.5 text-xs text-muted">{unit}</span>}
            className="max-w-[180px] [&>input]:pr-20"
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <SettingOrigin setting={setting} zone={zone} now={now} />
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {!setting.isDefault && (
            <ActionButton
              size="s"
              variant="quiet"
              action={updateSettingAction}
              input={{ key, value: null }}
              onSuccess={() => toast.success(`“${label}” is back to its default`)}
              aria-description={label}
            >
              Back to the default
            </ActionButton>
          )}
          <SubmitButton
            size="s"
            pending={pending}
            pendingLabel="Updating"
            changed={isDirty}
            showReason={false}
            aria-description={label}
          >
            Update
          </SubmitButton>
        </div>
      </div>
    </Form>
  );
}
