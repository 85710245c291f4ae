import { Ban, CircleCheck, CirclePause, CircleStop } from "lucide-react";
import { Status } from "@/components/ui/status";
import type { AccountStatus as Word } from "@/lib/authz/service-account-status";

const looks = {
  working: { tone: "positive", icon: CircleCheck },
  paused: { tone: "warning", icon: CirclePause },
  stopped: { tone: "danger", icon: CircleStop },
  disabled: { tone: "muted", icon: Ban },
} as const;

export function AccountStatus({ status, look }: { status: Word; look?: "pill" }) {
  return (
    <Status {...looks[status]} look={look}>
      {status}
    </Status>
  );
}
