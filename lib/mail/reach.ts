import type { Db, Tx } from "@/db/client";
import type { Reads } from "@/lib/context";
import { mailWorks } from "@/lib/mail/transport";
import { isAddress } from "@/lib/normalization/mailbox";

/** Whether something can be mailed to this address at this moment. */
export const canMail = async (db: Reads | Db | Tx, address: string): Promise<boolean> =>
  isAddress(address) && (await mailWorks(db));
