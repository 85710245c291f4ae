import type { Preferences } from "@/lib/account/preferences-schema";
import { lockOwnAccount } from "@/lib/account/target";
import type { Ctx, Person } from "@/lib/context";
import { mutate } from "@/lib/mutate";
import { saveUser } from "@/lib/users/store";

/** Sets the zone and the form in which one reads dates and times, everywhere and at once. */
export function updatePreferences(ctx: Ctx<Person>, { timeZone, dateForm }: Preferences): Promise<void> {
  return mutate(ctx, "account.update", {
    target: (tx) => lockOwnAccount(ctx, tx, (record) => ({ timeZone: record.timeZone, dateForm: record.locale })),
    change: async (tx, before) => {
      await saveUser(tx, before.id, { timeZone, locale: dateForm });
      return { value: undefined, after: { timeZone, dateForm } };
    },
  });
}
