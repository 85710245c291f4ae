"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { fromLocal } from "@/components/form/local-time";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useWatched } from "@/components/form/use-watched";
import { ClaimFields } from "@/components/identity-providers/claim-fields";
import { ConnectionFields } from "@/components/identity-providers/connection-fields";
import { type Chosen, PeopleFields } from "@/components/identity-providers/people-fields";
import { SetupSteps } from "@/components/identity-providers/setup-steps";
import { LinkButton } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { useReading } from "@/components/ui/reading";
import { toast } from "@/components/ui/toaster";
import { createProviderAction } from "@/lib/identity-providers/actions";
import { addressesOf } from "@/lib/identity-providers/addresses";
import { providersPath, testPageOf } from "@/lib/identity-providers/pages";
import { providerSettings } from "@/lib/identity-providers/presets";
import type { ProviderPreset } from "@/lib/identity-providers/schema";
import type { RoleOption } from "@/lib/roles/queries";

type CreateProviderFormProps = {
  preset: ProviderPreset;
  roles: RoleOption[];
  me: { id: string; label: string };
  /** The public address of this Gatehouse. */
  origin: string;
};

const labels = { name: "Name", slug: "Short name", discoveryUrl: "Discovery address", ownerId: "Owner" };

/** Sets up a provider as a draft, through which nobody signs in before it has been tested and enabled. */
export function CreateProviderForm({ preset, roles, me, origin }: CreateProviderFormProps) {
  const router = useRouter();
  const { zone } = useReading();
  const [chosen, setChosen] = useState<Chosen>({ owner: me, groups: [] });
  const { name, address, scopes, mapping } = providerSettings[preset];
  const whole = !address.includes("{");
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/identity-providers/schema").then((module) => module.createProviderSchema),
    action: (input) => createProviderAction({ ...input, secretExpiresAt: fromLocal(input.secretExpiresAt, zone) }),
    defaultValues: {
      slug: preset === "any" ? "sso" : preset,
      preset,
      name: preset === "any" ? "" : name,
      discoveryUrl: whole ? address : "",
      clientId: "",
      clientSecret: "",
      secretExpiresAt: "",
      scopes,
      mapping,
      groupsClaim: "",
      groups: [],
      domains: [],
      trustsEmail: false,
      createsUsers: false,
      managesUsers: false,
      ceilingRoleIds: [],
      defaultRoleId: null,
      defaultGroupIds: [],
      ownerId: me.id,
      contact: "",
    },
    draft: {
      form: `create-identity-provider-${preset}`,
      fields: ["slug", "name", "discoveryUrl", "clientId", "scopes", "mapping", "domains", "contact"],
    },
    onSuccess: ({ id }, input) => {
      toast.success(`${input.name.trim()} is set up as a draft`);
      router.replace(testPageOf(id));
    },
  });
  const { errors } = form.formState;
  const { value, set } = useWatched(form);
  return (
    <Form {...formProps} className="grid max-w-[760px] gap-4" aria-label="Add identity provider">
      <div className="empty:hidden">
        <ErrorSummary problem={problem} labels={labels} />
      </div>
      <Panel aria-labelledby="provider-names">
        <PanelHead title="Names" titleId="provider-names" />
        <PanelBody className="s:grid-cols-2">
          <Field label="Name" error={errors.name?.message} hint={`The button at /sign-in says "Continue with" it.`}>
            <Input {...form.register("name")} autoComplete="off" />
          </Field>
          <Field label="Short name" error={errors.slug?.message} hint="Used in its addresses. Cannot be changed later.">
            <Input {...form.register("slug")} autoComplete="off" autoCapitalize="none" spellCheck={false} />
          </Field>
        </PanelBody>
      </Panel>
      <SetupSteps preset={preset} addresses={addressesOf(origin, value.slug)} />
      <Panel aria-labelledby="provider-connection">
        <PanelHead title="Connection" titleId="provider-connection" />
        <PanelBody>
          <ConnectionFields
            register={form.register}
            value={value}
            set={set}
            errors={errors}
            address={whole ? "The address of its discovery document" : `Such as ${address}`}
            secretHint="Stored encrypted and never shown again."
          />
        </PanelBody>
      </Panel>
      <Panel aria-labelledby="provider-people">
        <PanelHead title="People" titleId="provider-people" />
        <PanelBody className="gap-4!">
          <ClaimFields register={form.register} value={value.mapping} errors={errors.mapping} claims={null} />
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
            <>
              <LinkButton href={providersPath}>Cancel</LinkButton>
              <SubmitButton pending={pending} pendingLabel="Reading the document">
                Add as a draft
              </SubmitButton>
            </>
          }
        >
          Nobody can sign in through it until you test and enable it.
        </PanelFoot>
      </Panel>
    </Form>
  );
}
