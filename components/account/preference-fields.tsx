"use client";
import type { UseFormReturn } from "react-hook-form";
import { DefaultMark } from "@/components/form/default-mark";
import { Field } from "@/components/form/field";
import { CheckLine } from "@/components/ui/check-line";
import { Combobox } from "@/components/ui/combobox";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import type { DateForm } from "@/lib/account/date-forms";
import type { ProfileValues } from "@/lib/account/profile-schema";
import { searchZones, zoneLabel } from "@/lib/time/zones";

interface PreferenceFieldsProps {
  form: UseFormReturn<ProfileValues, unknown, ProfileValues>;
  labels: { timeZone: string; dateForm: string; shortcuts: string };
}

const asBrowser = { id: "", label: "Same as the browser" };

const forms: { value: DateForm | ""; label: string }[] = [
  { value: "", label: "Gatehouse: 26 Nov 2026, 09:24, 10,000" },
  { value: "en-GB", label: "English (UK): 26/11/2026, 09:24, 10,000" },
  { value: "en-US", label: "English (US): 11/26/2026, 9:24 AM, 10,000" },
  { value: "de-DE", label: "Deutsch: 26.11.2026, 09:24, 10.000" },
  { value: "fr-FR", label: "Français: 26/11/2026 09:24, 10 000" },
  { value: "iso", label: "ISO 8601: 2026-11-26 09:24, 10 000" },
];

/** How the console behaves for this person, each with its default. */
export function PreferenceFields({ form, labels }: PreferenceFieldsProps) {
  const { errors, defaultValues } = form.formState;
  // It has no control of the browser's, and is one of the form's fields all the same.
  form.register("timeZone");
  const { timeZone: zone = "", dateForm = "", shortcuts = true } = form.watch();
  return (
    <Panel aria-labelledby="preferences" className="[&_#preferences]:scroll-mt-20">
      <PanelHead title="Preferences" titleId="preferences" hint="They apply only to you, in every browser." />
      <PanelBody>
        <div className="grid grid-cols-2 gap-3 max-s:grid-cols-1">
          <Field
            label={labels.timeZone}
            error={errors.timeZone?.message}
            hint={<DefaultMark isDefault={zone === ""} words="same as the browser" />}
          >
            <Combobox
              label={labels.timeZone}
              placeholder="Search time zones"
              value={zone === "" ? asBrowser : { id: zone, label: zoneLabel(zone) }}
              search={async (query) => [...(query === "" ? [asBrowser] : []), ...searchZones(query)]}
              onChange={(option) => form.setValue("timeZone", option?.id ?? "", { shouldDirty: true })}
            />
          </Field>
          <Field
            label={labels.dateForm}
            error={errors.dateForm?.message}
            hint={<DefaultMark isDefault={dateForm === ""} words="Gatehouse" />}
          >
            <Select {...form.register("dateForm")} defaultValue={defaultValues?.dateForm} options={forms} />
          </Field>
        </div>
        <CheckLine
          {...form.register("shortcuts")}
          label={labels.shortcuts}
          hint={
            <>
              “/” searches the page, “c” creates, “?” shows every shortcut. Turn them off if you use speech input, or
              press keys by accident. <DefaultMark isDefault={shortcuts} words="on" />
            </>
          }
        />
      </PanelBody>
    </Panel>
  );
}
