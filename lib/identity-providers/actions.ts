"use server";
import { cookies } from "next/headers";
import { action, defineAction } from "@/lib/action";
import { beginTest } from "@/lib/auth/providers/flow";
import { ProviderRefusal, refusalSentence } from "@/lib/auth/providers/refusals";
import { precondition } from "@/lib/errors";
import { createProvider } from "@/lib/identity-providers/commands/create";
import { deleteProvider, disableProvider, enableProvider } from "@/lib/identity-providers/commands/state";
import { unlinkIdentity } from "@/lib/identity-providers/commands/unlink";
import { updateConnection, updateProvider } from "@/lib/identity-providers/commands/update";
import { testPageOf } from "@/lib/identity-providers/pages";
import { previewMapping } from "@/lib/identity-providers/preview";
import { providerIdSchema } from "@/lib/identity-providers/schema";
import { searchGroups, searchNewOwners } from "@/lib/users/pickers";
import { pickSchema } from "@/lib/users/schema";

export const createProviderAction = action(createProvider);
export const updateProviderAction = action(updateProvider);
export const previewProviderAction = defineAction({ input: updateProvider.input, run: previewMapping });
export const updateConnectionAction = action(updateConnection);
export const enableProviderAction = action(enableProvider);
export const disableProviderAction = action(disableProvider);
export const deleteProviderAction = action(deleteProvider);
export const unlinkIdentityAction = action(unlinkIdentity);

/** Gives the address at the provider at which this browser signs in for the test. */
export const startTestAction = defineAction({
  input: providerIdSchema,
  run: async (ctx, { id }) => {
    try {
      const begun = await beginTest(ctx, { id, next: testPageOf(id) });
      const jar = await cookies();
      for (const { name, value, options } of begun.cookies) jar.set(name, value, options);
      return { url: begun.url };
    } catch (error) {
      if (error instanceof ProviderRefusal) throw precondition(refusalSentence(error.code, null));
      throw error;
    }
  },
});

export const pickProviderOwnerQuestion = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchNewOwners(ctx, q),
});
export const pickProviderGroupQuestion = defineAction({ input: pickSchema, run: (ctx, { q }) => searchGroups(ctx, q) });
