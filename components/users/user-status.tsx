import { Archive, Ban, CircleCheck, Lock, Mail } from "lucide-react";
import { Status, type StatusLook } from "@/components/ui/status";
import type { ListedUser } from "@/lib/people/rows";

export const userStatusLooks: Record<ListedUser["status"], StatusLook> = {
  active: { tone: "positive", icon: CircleCheck },
  invited: { tone: "accent", icon: Mail },
  disabled: { tone: "muted", icon: Ban },
  locked: { tone: "danger", icon: Lock },
  archived: { tone: "muted", icon: Archive },
};

type UserStatusProps = { status: ListedUser["status"]; look?: "plain" | "pill" };

export function UserStatus({ status, look }: UserStatusProps) {
  return (
    <Status {...userStatusLooks[status]} look={look}>
      {status}
    </Status>
  );
}
