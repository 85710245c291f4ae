import { Note } from "@/components/ui/note";
import type { AccountDetail } from "@/lib/service-accounts/queries";

/** Why it does not work, or a role of it gives nothing: said wherever the account is shown. */
export function AccountNotes({ account: { reason, status, idle } }: { account: AccountDetail }) {
  if (!reason && !idle) return null;
  return (
    <div className="mb-4 grid max-w-[760px] gap-2">
      {reason && (
        <Note
          tone={status === "stopped" ? "danger" : "warning"}
        >{`${status.charAt(0).toUpperCase()}${status.slice(1)}: ${reason}`}</Note>
      )}
      {idle && <Note>{idle}</Note>}
    </div>
  );
}
