"use server";
import { changeEmail, changePassword, updateAccount } from "@/lib/account/commands";
import { changeEmailSchema, changePasswordSchema, updateAccountSchema } from "@/lib/account/schema";
import { defineAction } from "@/lib/action";

export const updateAccountAction = defineAction({
  input: updateAccountSchema,
  run: updateAccount,
  refresh: () => ["/account"],
});

export const changeEmailAction = defineAction({
  input: changeEmailSchema,
  run: changeEmail,
  refresh: () => ["/account"],
});

export const changePasswordAction = defineAction({
  input: changePasswordSchema,
  run: changePassword,
  refresh: () => ["/account/security", "/account/sessions"],
});
