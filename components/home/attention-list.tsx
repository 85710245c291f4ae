"use client";
import {
  CircleCheck,
  Clock,
  KeyRound,
  Lock,
  type LucideIcon,
  Mail,
  ShieldAlert,
  TriangleAlert,
  UserX,
} from "lucide-react";
import { Parts } from "@/components/audit/parts";
import { Lines } from "@/components/list/lines";
import { RowActions } from "@/components/list/row-actions";
import { LinkButton } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Panel, PanelHead, Row } from "@/components/ui/panel";
import { UnlockButton } from "@/components/users/unlock-button";
import type { Attention } from "@/lib/home/attention-words";
import { DismissButton } from "./dismiss-button";

const glyphs: Record<Attention["glyph"], LucideIcon> = {
  token: TriangleAlert,
  lock: Lock,
  shield: ShieldAlert,
  key: KeyRound,
  mail: Mail,
  clock: Clock,
  left: UserX,
};
const tones: Record<Attention["tone"], string> = {
  danger: "text-danger-mark!",
  warning: "text-warning-mark!",
  accent: "text-accent-ink!",
};

type AttentionListProps = { items: Attention[]; zone: string; now: Date };

/** The most dangerous comes first; each line has its one action. */
export function AttentionList({ items, zone, now }: AttentionListProps) {
  return (
    <Panel aria-labelledby="attention" className="flex flex-col">
      <PanelHead title="Needs attention" titleId="attention" hint={items.length > 0 ? items.length : undefined} />
      <Lines>
        {items.map(({ key, glyph, tone, title, hint, action }) => {
          const Glyph = glyphs[glyph];
          return (
            <Row
              key={key}
              lead={<Glyph aria-hidden className={cn("flex-none", tones[tone])} />}
              title={<Parts parts={title} zone={zone} now={now} />}
              hint={<Parts parts={hint} zone={zone} now={now} />}
              end={
                <RowActions always>
                  <Action action={action} about={plain(title)} />
                </RowActions>
              }
            />
          );
        })}
        {items.length === 0 && (
          <Row
            key="nothing"
            lead={<CircleCheck aria-hidden className="flex-none text-positive-mark!" />}
            title="Nothing needs attention"
            hint="Locked people, unused invitations and tokens, stale clients and weak administrators appear here."
          />
        )}
      </Lines>
    </Panel>
  );
}

function Action({ action, about }: { action: Attention["action"]; about: string }) {
  if ("person" in action) return <UnlockButton size="s" person={action.person} aria-description={about} />;
  return "notice" in action ? (
    <DismissButton about={about} />
  ) : (
    <LinkButton size="s" href={action.href} aria-description={about}>
      {action.label}
    </LinkButton>
  );
}

const plain = (parts: Attention["title"]) =>
  parts
    .map((part) => (part.kind === "moment" ? "" : part.text))
    .join("")
    .trim();
