"use client";
import { TimeText } from "@/components/ui/time-text";
import type { Part } from "@/lib/audit/words";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";

type PartsProps = {
  parts: Part[];
  zone: string;
  now: Date;
  /** Names become links to those whom the reader may open. */
  links?: boolean;
};

/** A sentence of an event: people in 500, moments on the reader's clock. */
export function Parts({ parts, zone, now, links = true }: PartsProps) {
  return parts.map((part, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence never move
    return <Piece key={index} part={part} zone={zone} now={now} links={links} />;
  });
}

const pathOf = { person: "/admin/users", account: serviceAccountsPath };

function Piece({ part, zone, now, links }: { part: Part; zone: string; now: Date; links: boolean }) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "strong":
      return <b className="font-medium text-ink">{part.text}</b>;
    case "key":
      return <code className="font-mono text-xs">{part.text}</code>;
    case "moment":
      return <TimeText at={part.at} zone={zone} now={now} form="exact" />;
    case "person":
    case "account":
      return links && part.visible ? (
        <a href={`${pathOf[part.kind]}/${part.id}`} className="rounded-sm font-medium text-ink hover:underline">
          {part.text}
        </a>
      ) : (
        <b className="font-medium text-ink">{part.text}</b>
      );
  }
}
