"use client";
import { CircleCheck } from "lucide-react";
import type { RefObject } from "react";
import { DoneDialog, DoneLine, DoneLines } from "@/components/ui/done-dialog";
import { useReading } from "@/components/ui/reading";
import { exactTime, Time } from "@/components/ui/time";
import type { Removed } from "@/lib/users/commands/archive";
import type { Disabled } from "@/lib/users/commands/disable";

export type Left = (Disabled & { how: "disabled" }) | (Removed & { how: "removed" });

type LeavingDialogProps = {
  name: string;
  left: Left;
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

/** The end of "Disable" and "Remove user": what has ended, and since which second. */
export function LeavingDialog({ name, left, onClose, opener }: LeavingDialogProps) {
  const { zone, form } = useReading();
  const end = left.how === "disabled" && left.until ? exactTime(left.until, zone, form) : null;
  return (
    <DoneDialog
      {...{ onClose, opener }}
      title={`${name} is ${left.how}${end ? ` until ${end}` : ""}`}
      description={
        <>
          Took effect at <Time at={left.at} zone={zone} now={left.at} form="clock" />.
        </>
      }
      aside={<span className="text-xs">Recorded in the audit log as one event.</span>}
    >
      <DoneLines label="What has ended">
        {linesOf(name, left, end).map(({ key, words }) => (
          <DoneLine key={key} icon={<CircleCheck aria-hidden className="mt-px text-positive" />}>
            {words}
          </DoneLine>
        ))}
      </DoneLines>
    </DoneDialog>
  );
}

function linesOf(name: string, left: Left, end: string | null): { key: string; words: string }[] {
  const { sessions, devices, clients, clientNames, tokens, links } = left;
  const lines = [
    {
      key: "sign-in",
      words:
        left.how === "disabled"
          ? `Sign-in is refused until ${end ? `${end}, or until ` : ""}somebody enables the account.`
          : "Sign-in is refused until somebody restores the account and sets a new password.",
    },
    {
      key: "sessions",
      words:
        sessions === 0
          ? "No open sessions."
          : `${count(sessions, "session")} ended, on ${listed(devices)}. The next request of each is refused.`,
    },
    {
      key: "clients",
      words:
        clients === 0
          ? "No provisioned clients."
          : left.how === "disabled"
            ? `${count(clients, "client")} paused: ${listed(clientNames)}. A client is refused while ${name} is disabled.`
            : `${count(clients, "client")} deregistered: ${listed(clientNames)}. Each is refused at the next call.`,
    },
    {
      key: "tokens",
      words:
        tokens.length === 0
          ? "No active access tokens."
          : `${count(tokens.length, "access token")} revoked: ${listed(tokens)}. Each is refused at the next call.`,
    },
    {
      key: "links",
      words:
        links === 0
          ? "No pending invitation or reset link."
          : `${count(links, "link")} revoked: invitations and links that were sent by mail or passed on.`,
    },
  ];
  if (left.how === "disabled") return lines;
  const { handedOver, reports, manager } = left;
  return [
    ...lines,
    ...handedOver.map(({ name: what, owner, many }) => ({
      key: `${what} ${owner}`,
      words: `${what} ${many ? "belong" : "belongs"} to ${owner} now.`,
    })),
    ...(reports > 0
      ? [
          {
            key: "reports",
            words: `${count(reports, "direct report")} ${reports === 1 ? "reports" : "report"} to ${manager ?? "nobody"} now.`,
          },
        ]
      : []),
  ];
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

function listed(words: string[]): string {
  const shown = words.slice(0, 3);
  return words.length > 3 ? `${shown.join(", ")} and ${words.length - 3} more` : shown.join(" and ");
}
