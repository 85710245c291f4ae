import {
  Archive,
  ArchiveRestore,
  Ban,
  CircleCheck,
  Download,
  Eye,
  Flag,
  KeyRound,
  LockOpen,
  LogIn,
  LogOut,
  type LucideIcon,
  Pencil,
  PlugZap,
  RefreshCw,
  ShieldCheck,
  Trash2,
  TriangleAlert,
  Unplug,
  UserPlus,
} from "lucide-react";
import { cn } from "@/components/ui/class-names";
import type { LoggedEvent } from "@/lib/audit/event";
import type { IconName } from "@/lib/kernel/operation";
import { isOperation, operationOf } from "@/lib/operations";

const icons: Record<IconName, LucideIcon> = {
  archive: Archive,
  ban: Ban,
  check: CircleCheck,
  download: Download,
  eye: Eye,
  flag: Flag,
  key: KeyRound,
  pencil: Pencil,
  plug: PlugZap,
  refresh: RefreshCw,
  restore: ArchiveRestore,
  shield: ShieldCheck,
  "sign-in": LogIn,
  "sign-out": LogOut,
  trash: Trash2,
  unlock: LockOpen,
  unplug: Unplug,
  "user-plus": UserPlus,
};

/** What kind of thing happened, at a glance; the sentence beside it says it. */
export function EventGlyph({ event, className }: { event: LoggedEvent; className?: string }) {
  const Icon = event.outcome === "failed" ? TriangleAlert : icons[iconOf(event)];
  return (
    <span aria-hidden className={cn("grid size-[22px] place-items-center rounded-full bg-press text-icon", className)}>
      <Icon className="size-3 stroke-2" />
    </span>
  );
}

function iconOf({ operation, outcome }: LoggedEvent): IconName {
  if (outcome === "refused") return "ban";
  return isOperation(operation) ? operationOf(operation).icon : "pencil";
}
