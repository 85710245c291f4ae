import type { Db, Tx } from "@/db/client";
import type { Reads } from "@/lib/context";
import { isAddress } from "@/lib/mail/mailbox";
import { mailWorks } from "@/lib/mail/transport";

/** Whether something can be mailed to this address at this moment. */
export const canMail = async (db: Reads | Db | Tx, address: string): Promise<boolean> =>
  isAddress(address) && (await mailWorks(db));
