"use client";
import { useState } from "react";
import { useController } from "react-hook-form";
import { EndInput } from "@/components/form/end-input";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FixedField } from "@/components/form/fixed-field";
import { Form } from "@/components/form/form";
import { fromLocal } from "@/components/form/local-time";
import { NewPasswordField } from "@/components/form/new-password-field";
import { PasswordOwner } from "@/components/form/password-owner";
import { SubmitButton } from "@/components/form/submit-button";
import { answerOf } from "@/components/ui/answer-of";
import { Input } from "@/components/ui/input";
import { Panel, PanelFoot, PanelHead } from "@/components/ui/panel";
import { PasswordInput } from "@/components/ui/password-input";
import { Time } from "@/components/ui/time";
import { ArchivedOffer } from "@/components/users/archived-offer";
import { type DetailsInput, detailsOf, endedAt, fieldWords } from "@/components/users/details-values";
import { EndsNow } from "@/components/users/ends-now";
import { PersonField } from "@/components/users/person-field";
import { RoleFields } from "@/components/users/role-fields";
import { useFieldInAddress } from "@/components/users/use-field-in-address";
import { useUserForm } from "@/components/users/use-user-form";
import { type KeptField, keptPasswordReason, keptReason } from "@/lib/people/kept-fields";
import type { RoleOption } from "@/lib/roles/queries";
import { mayUpdateUserAction, pickManagerAction, previewUpdateUserAction, updateUserAction } from "@/lib/users/actions";
import type { UserDetail } from "@/lib/users/queries";

type DetailsFormProps = { user: UserDetail; roles: RoleOption[]; zone: string; now: Date };

/** The form "User Details". It saves what it shows and nothing else (U6). */
export function DetailsForm({ user, roles, zone, now }: DetailsFormProps) {
  const [cleared, setCleared] = useState<string[]>([]);
  const [picked, setPicked] = useState<Record<string, string>>({});
  const [pictures, setPictures] = useState({ [user.manager?.id ?? ""]: user.manager?.picture });
  const { form, formProps, pending, problem, names, comparison, dialog } = useUserForm({
    user,
    schema: () => import("@/lib/users/schema").then((module) => module.updateUserSchema),
    take: (stored, clock) => detailsOf(user, stored, clock),
    sent: (input, clock) => sent(input, clock, user),
    save: updateUserAction,
    preview: previewUpdateUserAction,
    mayUndo: mayUpdateUserAction,
    // A new password and an address that gets mail from now on have ended what nothing brings back.
    undoable: (before, after) => after.password === "" && before.email === after.email && after.accessEndsAt !== "now",
    accessFields: ["primaryRoleId", "additionalRoleIds", "managerId"],
    words: fieldWords,
    names: { ...picked, ...namesOf(user, roles) },
    draft: {
      form: "user-details",
      fields: ["email", "firstName", "lastName", "primaryRoleId", "additionalRoleIds", "managerId", "accessEndsAt"],
      beside: {
        value: { managerId: picked },
        restore: (shown: { managerId: typeof picked }) => setPicked(shown.managerId),
      },
    },
    onSaved: (values) => {
      setCleared([]);
      return {
        words: `${values.firstName} ${values.lastName}`.trim().concat(" is saved"),
        values: { ...values, password: "", confirmPassword: "" },
      };
    },
  });
  const { errors, isDirty } = form.formState;
  const [primaryRoleId, additionalRoleIds, managerId] = form.watch(["primaryRoleId", "additionalRoleIds", "managerId"]);
  const { field: end } = useController({ control: form.control, name: "accessEndsAt" });
  useFieldInAddress();
  if (comparison) return comparison;

  const { keeper } = user;
  const kept = (field: KeptField) => keeper?.fields.includes(field) && keptReason(keeper);
  const oneself = user.isSelf ? 'Change your own under "My profile".' : null;
  return (
    <Form {...formProps} className="max-w-[760px]" aria-label="User Details">
      <Panel>
        <PanelHead title="Identity" />
        <div className="grid grid-cols-2 gap-4 px-4 pt-1 pb-4 max-s:grid-cols-1">
          <div className="col-span-full empty:hidden">
            <ErrorSummary problem={problem} actions={<ArchivedOffer details={problem?.details} />} />
          </div>
          <FixedField label="Configuration" value={user.configuration} reason="Cannot be changed." />
          <FixedField label="User Name" value={user.username} reason="Cannot be changed." />
          {kept("firstName") ? (
            <FixedField label="First Name" value={user.firstName} reason={kept("firstName")} />
          ) : (
            <Field label="First Name" error={errors.firstName?.message}>
              <Input {...form.register("firstName")} autoComplete="off" />
            </Field>
          )}
          {kept("lastName") ? (
            <FixedField label="Last Name" value={user.lastName || "None"} reason={kept("lastName")} />
          ) : (
            <Field label="Last Name" error={errors.lastName?.message} optional>
              <Input {...form.register("lastName")} autoComplete="off" />
            </Field>
          )}
          {kept("email") || oneself ? (
            <FixedField label="Email" value={user.email} reason={kept("email") || oneself} />
          ) : (
            <Field label="Email" error={errors.email?.message}>
              <Input {...form.register("email")} type="email" autoComplete="off" />
            </Field>
          )}
          <PersonField
            label="Manager"
            value={
              managerId ? { id: managerId, label: names[managerId] ?? "Chosen", picture: pictures[managerId] } : null
            }
            onChange={(option) => {
              if (option) {
                setPicked({ ...picked, [option.id]: option.label });
                setPictures({ ...pictures, [option.id]: option.picture });
              }
              form.setValue("managerId", option?.id ?? null, { shouldDirty: true });
              form.clearErrors("managerId");
            }}
            search={(q) => answerOf(pickManagerAction({ q, userId: user.id }))}
            error={errors.managerId?.message}
          />
          <RoleFields
            roles={roles}
            value={{ primaryRoleId, additionalRoleIds }}
            held={user.form}
            ended={(roleId) => {
              const end = endedAt(user.form, roleId, now);
              return (
                end && (
                  <>
                    Ended on <Time at={end} zone={zone} now={now} form="exact" />. Its end is under "Roles and Groups".
                  </>
                )
              );
            }}
            onChange={(value) => {
              form.setValue("primaryRoleId", value.primaryRoleId, { shouldDirty: true });
              form.setValue("additionalRoleIds", [...value.additionalRoleIds].sort(), { shouldDirty: true });
            }}
            cleared={cleared}
            onCleared={setCleared}
            errors={{
              primaryRoleId: errors.primaryRoleId?.message,
              additionalRoleIds: errors.additionalRoleIds?.message,
            }}
          />
          <Field
            label="Access ends"
            error={errors.accessEndsAt?.message}
            hint={
              user.isSelf
                ? "Somebody else has to change yours."
                : "Leave blank for no end. After it, every request is refused."
            }
            optional
          >
            <EndInput {...end} disabled={user.isSelf} />
          </Field>
          {end.value === "now" && (
            <div className="col-span-full">
              <EndsNow user={user} />
            </div>
          )}
        </div>
        <PanelHead title="Password" className="border-t border-line" />
        <div className="grid grid-cols-2 gap-4 px-4 pt-1 pb-4 max-s:grid-cols-1">
          {user.keeper ? (
            <FixedField label="Password" value="None here" reason={keptPasswordReason(user.firstName, user.keeper)} />
          ) : oneself ? (
            <FixedField label="Password" value="••••••••" reason={oneself} />
          ) : (
            <>
              <PasswordOwner username={user.username} />
              <NewPasswordField
                {...form.register("password")}
                label="Password"
                error={errors.password?.message}
                hint="Leave blank to keep it. A new one ends every session and must be changed at the next sign-in."
                names={[user.username]}
                typed={form.watch("password")}
              />
              <Field label="Confirm Password" error={errors.confirmPassword?.message}>
                <PasswordInput {...form.register("confirmPassword")} autoComplete="new-password" />
              </Field>
            </>
          )}
        </div>
        <PanelFoot
          actions={
            <SubmitButton pending={pending} pendingLabel="Updating" changed={isDirty}>
              Update
            </SubmitButton>
          }
        />
      </Panel>
      {dialog}
    </Form>
  );
}

const namesOf = ({ manager }: UserDetail, roles: RoleOption[]) =>
  Object.fromEntries([...roles, ...(manager ? [manager] : [])].map(({ id, name }) => [id, name]));

/** One's own end goes back as it is stored: nobody changes their own. */
const sent = (input: DetailsInput, zone: string, { isSelf, form }: UserDetail): DetailsInput => ({
  ...input,
  accessEndsAt: isSelf ? (form.accessEndsAt ?? "") : fromLocal(input.accessEndsAt, zone, form.accessEndsAt),
});
