import { lockProven } from "@/lib/clients/locked";
import { clientOperations } from "@/lib/clients/operations";
import { saveClient } from "@/lib/clients/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";

/** C11: shown on the client and logged, once until it has another token. Neither run is refused, since it is not known which is the copy. */
export const noticeCopy = command(clientOperations["client.notice_copy"], {
  input: internalInput<{ id: string; userId: string }>(),
  target: ({ ctx, tx }, client) => lockProven(ctx, tx, client),
  already: ({ client }) => (client.copiedAt ? { value: undefined } : null),
  change: async ({ tx, now }, { client }) => {
    await saveClient(tx, client.id, { copiedAt: now });
    return { value: undefined, after: null, facts: { client: client.name } };
  },
});
