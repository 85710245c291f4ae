"use client";
import { useRouter } from "next/navigation";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { CheckLine } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { updatePreferencesAction } from "@/lib/account/actions";
import type { DateForm } from "@/lib/account/date-forms";
import { searchZones, zoneLabel } from "@/lib/time/zones";

interface PreferencesFormProps {
  timeZone: string | null;
  dateForm: DateForm | null;
  shortcuts: boolean;
}

const asBrowser = { id: "", label: "Same as the browser" };

const forms: { value: DateForm | ""; label: string }[] = [
  { value: "", label: "Gatehouse: 26 Nov 2026, 09:24, 10,000" },
  { value: "en-GB", label: "English (UK): 26/11/2026, 09:24, 10,000" },
  { value: "en-US", label: "English (US): 11/26/2026, 9:24 AM, 10,000" },
  { value: "de-DE", label: "Deutsch: 26.11.2026, 09:24, 10.000" },
  { value: "fr-FR", label: "Français: 26/11/2026 09:24, 10 000" },
  { value: "iso", label: "ISO 8601: 2026-11-26 09:24, 10 000" },
];

export function PreferencesForm({ timeZone, dateForm, shortcuts }: PreferencesFormProps) {
  const router = useRouter();
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/account/preferences-schema").then((module) => module.preferencesSchema),
    action: updatePreferencesAction,
    defaultValues: { timeZone: timeZone ?? "", dateForm: dateForm ?? "", shortcuts },
    draft: { form: "own-preferences", fields: ["timeZone", "dateForm", "shortcuts"] },
    onSuccess: (_, input) => {
      form.reset(input);
      toast.success("Preferences updated");
      router.refresh();
    },
  });
  const { errors, isDirty } = form.formState;
  const zone = form.watch("timeZone");
  return (
    <Panel aria-labelledby="preferences" className="[&_#preferences]:scroll-mt-20">
      <Form {...formProps} flush aria-labelledby="preferences">
        <PanelHead title="Preferences" titleId="preferences" hint="They apply only to you, in every browser." />
        <PanelBody>
          <ErrorSummary
            problem={problem}
            labels={{ timeZone: "Time Zone", dateForm: "Date and Number Format", shortcuts: "Single-key shortcuts" }}
          />
          <div className="grid grid-cols-2 gap-3 max-s:grid-cols-1">
            <Field label="Time Zone" error={errors.timeZone?.message}>
              <Combobox
                label="Time Zone"
                placeholder="Search time zones"
                value={zone === "" ? asBrowser : { id: zone, label: zoneLabel(zone) }}
                search={async (query) => [...(query === "" ? [asBrowser] : []), ...searchZones(query)]}
                onChange={(option) => form.setValue("timeZone", option?.id ?? "", { shouldDirty: true })}
              />
            </Field>
            <Field label="Date and Number Format" error={errors.dateForm?.message}>
              <Select {...form.register("dateForm")} defaultValue={dateForm ?? ""} options={forms} />
            </Field>
          </div>
          <CheckLine
            {...form.register("shortcuts")}
            label="Single-key shortcuts"
            hint="“/” searches the page, “c” creates, “?” shows every shortcut. Turn them off if you use speech input, or press keys by accident."
          />
        </PanelBody>
        <PanelFoot
          actions={
            <SubmitButton pending={pending} pendingLabel="Saving" changed={isDirty}>
              Update
            </SubmitButton>
          }
        />
      </Form>
    </Panel>
  );
}
