"use client";
import { ActionButton } from "@/components/form/action-button";
import { DefaultMark } from "@/components/form/default-mark";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SaveBar } from "@/components/form/save-bar";
import { useLateForm } from "@/components/form/use-late-form";
import { securityWords } from "@/components/mail/mail-words";
import { Input } from "@/components/ui/input";
import { PanelBody, PanelFoot } from "@/components/ui/panel";
import { PasswordInput } from "@/components/ui/password-input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { removeTransportAction, saveTransportAction } from "@/lib/mail/actions";
import type { ShownTransport } from "@/lib/mail/queries";

const options = Object.entries(securityWords).map(([value, label]) => ({ value, label }));
const defaults = { port: 587, security: "starttls" } as const;
const labels = { host: "Host", port: "Port", user: "User name", password: "Password", from: "Sender" };

/** The mail server as it is typed. The password is never shown; left blank, it stays what it is. */
export function TransportForm({ transport }: { transport: ShownTransport | null }) {
  const { formProps, register, errors, values, changes, pending, problem, withForm, control } = useLateForm({
    schema: () => import("@/lib/mail/schema").then((module) => module.saveTransportSchema),
    action: saveTransportAction,
    defaultValues: {
      host: transport?.host ?? "",
      port: String(transport?.port ?? defaults.port),
      security: transport?.security ?? defaults.security,
      user: transport?.user ?? "",
      password: "",
      from: transport?.from ?? "",
    },
    draft: { form: "mail-server", fields: ["host", "port", "security", "user", "from"] },
    onSuccess: ({ host }, input, form) => {
      form.reset({ ...input, password: "" });
      toast.success(`Mail is sent through ${host}`);
    },
  });
  const { port, security } = values;
  const kept = transport?.hasPassword
    ? "Leave blank to keep it. Required if host, port, encryption or user changes."
    : "";
  return (
    <Form {...formProps} flush aria-label="Mail server">
      {control}
      <PanelBody className="s:grid-cols-2">
        <div className="s:col-span-2 empty:hidden">
          <ErrorSummary problem={problem} labels={labels} />
        </div>
        <Field label="Host" error={errors?.host?.message} hint="Such as mail.example.com.">
          <Input {...register("host")} autoComplete="off" spellCheck={false} />
        </Field>
        <Field
          label="Port"
          error={errors?.port?.message}
          hint={
            <>
              587 for STARTTLS, 465 for TLS. <DefaultMark isDefault={Number(port) === defaults.port} words="587" />
            </>
          }
        >
          <Input {...register("port")} type="number" inputMode="numeric" min={1} max={65535} autoComplete="off" />
        </Field>
        <Field
          label="Encryption"
          error={errors?.security?.message}
          hint={<DefaultMark isDefault={security === defaults.security} words={securityWords[defaults.security]} />}
        >
          <Select {...register("security")} options={options} />
        </Field>
        <Field label="Sender" error={errors?.from?.message} hint="Such as Gatehouse <gatehouse@example.com>.">
          <Input {...register("from")} autoComplete="off" spellCheck={false} />
        </Field>
        <Field label="User name" optional error={errors?.user?.message} hint="Leave blank if the server requires none.">
          <Input {...register("user")} autoComplete="off" spellCheck={false} />
        </Field>
        <Field label="Password" optional error={errors?.password?.message} hint={kept || "Stored encrypted."}>
          <PasswordInput {...register("password")} autoComplete="new-password" />
        </Field>
      </PanelBody>
      {transport && (
        <PanelFoot
          actions={
            <ActionButton
              variant="quiet-danger"
              action={removeTransportAction}
              input={{}}
              onSuccess={() => toast.success("The mail server is removed")}
              confirm={{
                title: "Remove the mail server?",
                body: "No more mail is sent. Invitation and password links are shown to the person who creates them. Mail in the outbox waits for three days.",
                label: "Remove mail server",
                danger: true,
              }}
            >
              Remove
            </ActionButton>
          }
        />
      )}
      <div className="px-4 pb-3 empty:hidden">
        <SaveBar changes={changes} pending={pending} onDiscard={() => withForm((form) => form.reset())} />
      </div>
    </Form>
  );
}
