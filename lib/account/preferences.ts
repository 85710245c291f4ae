import { accountOperations } from "@/lib/account/operations";
import { preferencesSchema } from "@/lib/account/preferences-schema";
import { command } from "@/lib/kernel/command";
import { lockOwnAccount } from "@/lib/people/own-account";
import { saveUser } from "@/lib/people/store";

/** Sets the zone and the form in which one reads dates and times, everywhere and at once. */
export const updatePreferences = command(accountOperations["account.update"], {
  key: "account.update_preferences",
  for: "person",
  input: preferencesSchema,
  target: ({ ctx, tx }) => lockOwnAccount(ctx, tx, ({ timeZone, locale }) => ({ timeZone, dateForm: locale })),
  change: async ({ tx }, before, { timeZone, dateForm }) => {
    await saveUser(tx, before, { timeZone, locale: dateForm });
    return { value: undefined, after: { timeZone, dateForm } };
  },
});
