import { Status, type StatusLook } from "@/components/ui/status";
import type { ListedUser } from "@/lib/people/rows";

const userStatusLooks: Record<ListedUser["status"], StatusLook> = {
  active: { tone: "positive", icon: "circle-check" },
  invited: { tone: "accent", icon: "mail" },
  disabled: { tone: "muted", icon: "ban" },
  locked: { tone: "danger", icon: "lock" },
  archived: { tone: "muted", icon: "archive" },
};

type UserStatusProps = { status: ListedUser["status"]; look?: "plain" | "pill" };

export function UserStatus({ status, look }: UserStatusProps) {
  return (
    <Status {...userStatusLooks[status]} look={look}>
      {status}
    </Status>
  );
}
