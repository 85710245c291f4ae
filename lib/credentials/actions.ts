"use server";
import { credentialsPath } from "@/lib/credentials/paths";
import { previewRevocation, revokeCredentials } from "@/lib/credentials/revoke";
import { chosenSchema } from "@/lib/credentials/schema";
import { defineAction } from "@/lib/http/action";
import { searchHolders } from "@/lib/people/pickers";
import { pickSchema } from "@/lib/users/schema";

export const filterHolderAction = defineAction({ input: pickSchema, run: (ctx, { q }) => searchHolders(ctx, q) });

export const previewRevocationAction = defineAction({
  input: chosenSchema,
  run: (ctx, { credentials }) => previewRevocation(ctx, credentials),
});
export const revokeCredentialsAction = defineAction({
  input: chosenSchema,
  run: (ctx, { credentials }) => revokeCredentials(ctx, credentials),
  refresh: () => [credentialsPath],
});
