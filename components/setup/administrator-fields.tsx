import { Field } from "@/components/form/field";
import { NewPasswordField } from "@/components/form/new-password-field";
import { setupLabels as labels } from "@/components/setup/setup-steps";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import type { SetupState } from "@/lib/setup/actions";

/** Who is made at /setup, and the password that signs them in. */
export function AdministratorFields({ kept, fields }: Pick<SetupState, "kept" | "fields">) {
  return (
    <>
      <Field label={labels.username} error={fields.username}>
        <Input
          name="username"
          fieldSize="l"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={64}
          defaultValue={kept.username}
        />
      </Field>
      <Field label={labels.email} error={fields.email}>
        <Input
          name="email"
          inputMode="email"
          fieldSize="l"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={254}
          defaultValue={kept.email}
        />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={labels.firstName} error={fields.firstName}>
          <Input
            name="firstName"
            fieldSize="l"
            autoComplete="given-name"
            required
            maxLength={100}
            defaultValue={kept.firstName}
          />
        </Field>
        <Field label={labels.lastName} optional error={fields.lastName}>
          <Input
            name="lastName"
            fieldSize="l"
            autoComplete="family-name"
            maxLength={100}
            defaultValue={kept.lastName}
          />
        </Field>
      </div>
      <NewPasswordField
        name="password"
        label={labels.password}
        hint="15 to 256 characters. Any characters are allowed, including spaces."
        error={fields.password}
        fieldSize="l"
        required
      />
      <Field label={labels.confirmPassword} error={fields.confirmPassword}>
        <PasswordInput name="confirmPassword" fieldSize="l" autoComplete="new-password" required />
      </Field>
    </>
  );
}
