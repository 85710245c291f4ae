"use client";
import { useEffect } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { FixedField } from "@/components/form/fixed-field";
import { Form } from "@/components/form/form";
import { fromLocal, toLocal } from "@/components/form/local-time";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useReload } from "@/components/form/use-reload";
import { useWatched } from "@/components/form/use-watched";
import { ConnectionFields } from "@/components/identity-providers/connection-fields";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { useReading } from "@/components/ui/reading";
import { toast } from "@/components/ui/toaster";
import { updateConnectionAction } from "@/lib/identity-providers/actions";
import { providerSettings } from "@/lib/identity-providers/presets";
import type { ShownProvider } from "@/lib/identity-providers/queries";

/** Where a provider is, and how Gatehouse proves itself there. Saved, it requires a new test. */
export function ConnectionForm({ provider }: { provider: ShownProvider }) {
  const [round, reload] = useReload();
  return <LoadedForm key={round} provider={provider} onReload={reload} />;
}

function LoadedForm({ provider, onReload }: { provider: ShownProvider; onReload: () => void }) {
  const { zone } = useReading();
  const stored = provider.secretExpiresAt?.toISOString() ?? null;
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/identity-providers/schema").then((module) => module.updateConnectionSchema),
    action: (input) =>
      updateConnectionAction({ ...input, secretExpiresAt: fromLocal(input.secretExpiresAt, zone, stored) }),
    defaultValues: valuesOf(provider, zone),
    draft: {
      form: "identity-provider-connection",
      record: provider.id,
      fields: ["discoveryUrl", "clientId", "scopes"],
    },
    onSuccess: ({ version, issuer }, input) => {
      form.reset({ ...input, version, clientSecret: "" });
      toast.success(`Saved; the issuer is ${issuer}`);
    },
  });
  const { errors, isDirty } = form.formState;
  const { value, set } = useWatched(form);

  useEffect(() => {
    if (!form.formState.isDirty) form.reset(valuesOf(provider, zone));
  }, [form, provider, zone]);

  return (
    <Form {...formProps} className="max-w-[760px]" aria-label="Connection of the identity provider">
      <Panel>
        <PanelHead title="Connection" />
        <PanelBody>
          <div className="empty:hidden">
            <ErrorSummary
              problem={problem}
              actions={problem?.code === "conflict" && <Button onClick={onReload}>Reload</Button>}
            />
          </div>
          {provider.state === "enabled" && (
            <Note tone="warning">
              After you save, nobody can sign in through {provider.name} until it is tested and enabled again.
              {provider.onlyWayIn &&
                " It also stops being the only way to sign in: passwords and passkeys work again for everybody."}
            </Note>
          )}
          <ConnectionFields
            register={form.register}
            value={value}
            set={set}
            errors={errors}
            address={`Such as ${providerSettings[provider.preset].address}`}
            secretHint="Leave blank to keep it. Required if the discovery address or the client id changes."
            issuer={
              <FixedField
                label="Issuer"
                value={provider.issuer}
                reason={`Found in the discovery document. Its ID tokens are signed by ${provider.signingAlgorithm}.`}
              />
            }
          />
        </PanelBody>
        <PanelFoot
          actions={
            <SubmitButton pending={pending} pendingLabel="Reading the document" changed={isDirty}>
              Update
            </SubmitButton>
          }
        >
          Changes require a new test.
        </PanelFoot>
      </Panel>
    </Form>
  );
}

const valuesOf = (provider: ShownProvider, zone: string) => ({
  id: provider.id,
  version: provider.version,
  discoveryUrl: provider.discoveryUrl,
  clientId: provider.clientId,
  clientSecret: "",
  secretExpiresAt: toLocal(provider.secretExpiresAt?.toISOString() ?? null, zone),
  scopes: provider.scopes,
});
