"use server";
import { action, defineAction } from "@/lib/http/action";
import { asks } from "@/lib/kernel/ask";
import { searchAccountOwners, searchNewOwners } from "@/lib/people/pickers";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { deleteAccount } from "@/lib/service-accounts/commands/delete";
import { issueAccountToken } from "@/lib/service-accounts/commands/issue-token";
import { disableAccount, enableAccount } from "@/lib/service-accounts/commands/state";
import { updateAccount } from "@/lib/service-accounts/commands/update";
import { pickSchema } from "@/lib/users/schema";

export const createAccountAction = action(createAccount);
export const updateAccountAction = action(updateAccount);
export const disableAccountAction = action(disableAccount);
export const enableAccountAction = action(enableAccount);
export const mayEnableAccountAction = defineAction({ input: enableAccount.input, run: asks(enableAccount) });
export const deleteAccountAction = action(deleteAccount);
export const issueAccountTokenAction = action(issueAccountToken);

export const pickAccountOwnerAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchNewOwners(ctx, q),
});
export const filterAccountOwnerAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchAccountOwners(ctx, q),
});
