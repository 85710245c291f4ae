"use client";
import { useRef } from "react";
import type { UseFormReturn } from "react-hook-form";
import { Field, FieldError } from "@/components/form/field";
import { NewPasswordField } from "@/components/form/new-password-field";
import { PasswordOwner } from "@/components/form/password-owner";
import { CheckLine } from "@/components/ui/check-line";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import type { CreateInput } from "@/components/users/create-user-form";
import type { OfferedConfiguration } from "@/lib/identity-providers/queries";
import { usernameFrom } from "@/lib/users/username-from";

type StepProps = { form: UseFormReturn<CreateInput, unknown, CreateInput> };

const edited = { shouldDirty: true };
const grid = "grid grid-cols-2 gap-4 max-s:grid-cols-1";
const noMail = "Mail is not set up, so no link can be sent.";
const noMailAtAll = "Mail is not set up, so no mail can be sent.";
const byHand = "Mail is not set up: the link is shown to you once, to give to the user.";

type IdentityStepProps = StepProps & { configurations: OfferedConfiguration[]; mail: boolean };

export function IdentityStep({ form, configurations, mail }: IdentityStepProps) {
  const { errors } = form.formState;
  const configuration = form.watch("configuration");
  const chosen = configurations.find(({ slug }) => slug === configuration);
  const proposed = useRef(usernameFrom(form.getValues("email")));
  const typed = useRef(false);

  /** What the server said about a name is about that name alone. */
  function forget(field: "email" | "username") {
    if (form.formState.errors[field]?.type === "server") form.clearErrors(field);
  }

  /** The user name follows the address until somebody types one, be it the same. */
  function propose(email: string) {
    forget("email");
    const follows = !typed.current && ["", proposed.current].includes(form.getValues("username"));
    proposed.current = usernameFrom(email);
    if (!follows) return;
    form.setValue("username", proposed.current, { ...edited, shouldValidate: form.formState.isSubmitted });
    forget("username");
  }

  return (
    <div className={grid}>
      <Field
        label="Email"
        error={errors.email?.message}
        hint={chosen && `The user is recognized at the first sign-in by this address, verified at ${chosen.name}.`}
        className="col-span-full"
      >
        <Input
          {...form.register("email", { onChange: ({ target }) => propose(target.value) })}
          type="email"
          autoComplete="off"
        />
      </Field>
      <Field label="First Name" error={errors.firstName?.message}>
        <Input {...form.register("firstName")} autoComplete="off" />
      </Field>
      <Field label="Last Name" error={errors.lastName?.message} optional>
        <Input {...form.register("lastName")} autoComplete="off" />
      </Field>
      <Field
        label="User Name"
        hint="Follows the email until you change it. Fixed once the user is created."
        error={errors.username?.message}
      >
        <Input
          {...form.register("username", {
            onChange: ({ target }) => {
              typed.current = target.value !== "";
              forget("username");
            },
          })}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
        />
      </Field>
      <Field
        label="Configuration"
        hint={
          <>
            {chosen ? `Signs in through ${chosen.name}. ` : ""}Fixed once the user is created.
            {configurations.flatMap(({ reason }) => (reason ? ` ${reason}` : []))}
          </>
        }
        error={errors.configuration?.message}
      >
        <Select
          {...form.register("configuration", {
            onChange: ({ target }) => {
              const local = mail ? "invite" : "generate";
              form.setValue("credentials", target.value === "default" ? local : "provider", edited);
              form.clearErrors("credentials");
            },
          })}
          options={[
            { value: "default", label: "default" },
            ...configurations.map(({ slug, name, reason }) => ({
              value: slug,
              label: name,
              disabled: reason !== null,
            })),
          ]}
        />
      </Field>
    </div>
  );
}

export function CredentialsStep({ form, configurations, mail }: IdentityStepProps) {
  const { errors } = form.formState;
  const [way, firstName, mustChange] = form.watch(["credentials", "firstName", "mustChangePassword"]);
  const name = firstName.trim() || "the user";
  const provider = configurations.find(({ slug }) => slug === form.getValues("configuration"));
  if (provider)
    return (
      <div className="grid gap-4">
        <p className="text-ui text-ink-2">
          Creates {name} as invited, without a password. The first sign-in through {provider.name} activates the
          account.
        </p>
        <CheckLine
          {...form.register("notify")}
          label="Send notification"
          disabled={!mail}
          hint={mail ? `A mail with a link to sign in through ${provider.name}.` : noMailAtAll}
        />
        <FieldError>{errors.credentials?.message}</FieldError>
      </div>
    );
  return (
    <div className="grid gap-4">
      <RadioCards
        legend="How the user gets a password"
        {...form.register("credentials")}
        options={[
          {
            value: "invite",
            label: "Send an invitation link",
            hint: mail ? "By mail. The user chooses a password and becomes active." : byHand,
          },
          { value: "generate", label: "Generate a password", hint: "Shown to you once, to give to the user." },
          { value: "password", label: "Set a password", hint: "You choose it and give it to the user." },
        ]}
      />
      <FieldError>{errors.credentials?.message}</FieldError>
      {way === "password" && (
        <div className={grid}>
          <PasswordOwner username={form.watch("username")} />
          <NewPasswordField
            {...form.register("password")}
            label="Password"
            error={errors.password?.message}
            hint="15 characters or more."
            names={form.getValues(["username", "email", "firstName", "lastName"])}
            typed={form.watch("password")}
          />
          <Field label="Confirm Password" error={errors.confirmPassword?.message}>
            <PasswordInput {...form.register("confirmPassword")} autoComplete="new-password" />
          </Field>
        </div>
      )}
      {way !== "invite" && (
        <>
          <CheckLine {...form.register("mustChangePassword")} label="Force password change at next sign-in" />
          <CheckLine
            {...form.register("notify")}
            label="Send notification"
            disabled={!mail}
            hint={mail ? "A one-time link to choose a password, never the password itself." : noMail}
          />
        </>
      )}
      <p className="text-ui text-ink-2">
        {created[way]?.(name)}{" "}
        {way !== "invite" &&
          (mustChange ? "It must be changed at the first sign-in." : "It stays until somebody changes it.")}
      </p>
    </div>
  );
}

const created: Record<string, (name: string) => string> = {
  invite: (name) => `Creates ${name} as invited. The link works once and activates the account.`,
  generate: (name) => `Creates ${name} as active and shows the generated password once.`,
  password: (name) => `Creates ${name} as active with the password that you set.`,
};
