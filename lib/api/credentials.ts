import { z } from "zod";
import type { Endpoint } from "@/lib/api/endpoint";
import { list } from "@/lib/api/listed";
import { id, moment, named, text } from "@/lib/api/shapes";
import { readers } from "@/lib/credentials/arms";
import { kindKeys } from "@/lib/credentials/kinds";
import { servedLists } from "@/lib/list-registry";

/** Never what opens anything: of a token what it begins and ends with. */
const credentialShape = z.object({
  id,
  kind: z.enum(kindKeys),
  name: text.nullable().meta({ description: "A session's device; null for a link." }),
  prefix: text.nullable(),
  lastFour: text.nullable(),
  address: text.nullable().meta({ description: "Where a session or client was last seen." }),
  user: z.object({ id, name: text, username: text }).nullable(),
  serviceAccount: named.nullable(),
  createdAt: moment,
  maker: text.nullable().meta({ description: "Who created it, if that is known and not its user." }),
  lastUsedAt: moment.nullable(),
  expiresAt: moment.nullable(),
});

/** What programs read about all that can be used. */
export const credentialReads: Endpoint[] = [
  list({
    ...{ path: "/credentials", name: "credential.list", summary: "List live credentials" },
    description:
      "Each kind needs the operation that reads it. A token, a client or its provision token, and a session are ended by `id`; a link by its user.",
    tag: "Credentials",
    operation: readers,
    item: credentialShape,
    served: servedLists.credentials,
    of: () => undefined,
    itemOf: (row) => row,
  }),
];
