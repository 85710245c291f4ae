import { accountOperations } from "@/lib/account/operations";
import { preferencesSchema } from "@/lib/account/preferences-schema";
import { command } from "@/lib/kernel/command";
import { lockOwnAccount } from "@/lib/people/own-account";
import { saveUser } from "@/lib/people/store";

/** Sets the zone and the form in which one reads dates and times, and whether single keys are shortcuts, everywhere and at once. */
export const updatePreferences = command(accountOperations["account.update"], {
  key: "account.update_preferences",
  for: "person",
  input: preferencesSchema,
  target: ({ ctx, tx }) =>
    lockOwnAccount(ctx, tx, ({ timeZone, locale, shortcuts }) => ({ timeZone, dateForm: locale, shortcuts })),
  change: async ({ tx }, before, { timeZone, dateForm, shortcuts }) => {
    await saveUser(tx, before, { timeZone, locale: dateForm, shortcuts });
    return { value: undefined, after: { timeZone, dateForm, shortcuts } };
  },
});
