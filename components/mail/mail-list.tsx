"use client";
import { Ban, Check, Clock, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "@/components/form/action-button";
import { Cell, HeadCell, RowActions, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import { retryMailAction } from "@/lib/mail/actions";
import { statusWords } from "@/lib/mail/filters";
import type { ListedMail } from "@/lib/mail/queries";

type MailListProps = {
  rows: ListedMail[];
  mayRetry: boolean;
  zone: string;
  now: Date;
  /** Stands there where none is listed. */
  empty: ReactNode;
};

const looks = {
  waiting: { tone: "accent", icon: Clock },
  sent: { tone: "positive", icon: Check },
  failed: { tone: "danger", icon: TriangleAlert },
  cancelled: { tone: "muted", icon: Ban },
} as const;

/** The mail log: what was sent to whom and how it went, never what it said. */
export function MailList({ rows, mayRetry, zone, now, empty }: MailListProps) {
  return (
    <Table label="Mail log" empty={empty} className="s:table-fixed">
      <TableHead>
        <HeadCell>Subject</HeadCell>
        <HeadCell className="w-[24%]">To</HeadCell>
        <HeadCell className="w-[30%]">Status</HeadCell>
        <HeadCell priority={2} className="w-[110px]">
          Made
        </HeadCell>
        {mayRetry && (
          <HeadCell className="w-[112px]">
            <span className="sr-only">Actions</span>
          </HeadCell>
        )}
      </TableHead>
      <TableBody>
        {rows.map((mail) => (
          <MailRow key={mail.id} mail={mail} mayRetry={mayRetry} zone={zone} now={now} />
        ))}
      </TableBody>
    </Table>
  );
}

function MailRow({ mail, mayRetry, zone, now }: Omit<MailListProps, "rows" | "empty"> & { mail: ListedMail }) {
  const { id, subject, template, toName, toAddress, status, lastError, createdAt } = mail;
  const { tone, icon } = looks[status];
  return (
    <TableRow>
      <Cell card="name" title={`${template}: ${subject}`} className="font-medium text-ink">
        {subject}
      </Cell>
      <Cell title={`${toName} ${toAddress}`}>{toAddress}</Cell>
      <Cell card="line" state className="s:py-1.5 s:whitespace-normal">
        <Status tone={tone} icon={icon}>
          {statusWords[status]}
        </Status>
        <span className="block text-xs wrap-break-word whitespace-normal text-muted">
          <Progress mail={mail} zone={zone} now={now} />
          {lastError && ` ${lastError}`}
        </span>
      </Cell>
      <Cell priority={2} card="foot">
        <Time at={createdAt} zone={zone} now={now} />
      </Cell>
      {mayRetry && (
        <Cell card="actions" align="end" className="s:overflow-visible">
          <RowActions always>
            {(status === "failed" || (status === "waiting" && lastError !== null)) && (
              <ActionButton
                size="s"
                aria-description={`${subject}, to ${toAddress}`}
                action={retryMailAction}
                input={{ id }}
                settled={statusWords.waiting}
                reason={mail.kept ?? undefined}
                onSuccess={() => toast.success(`"${subject}" to ${toAddress} is being sent again`)}
              >
                Send again
              </ActionButton>
            )}
          </RowActions>
        </Cell>
      )}
    </TableRow>
  );
}

function Progress({ mail, zone, now }: { mail: ListedMail; zone: string; now: Date }) {
  const { attempts, lastTriedAt, sentAt } = mail;
  const tries = attempts === 1 ? "1 try" : `${attempts} tries`;
  if (sentAt)
    return (
      <>
        <Time at={sentAt} zone={zone} now={now} />
        {attempts > 1 && `, after ${tries}`}
      </>
    );
  if (!lastTriedAt) return null;
  return (
    <>
      {tries}, the last <Time at={lastTriedAt} zone={zone} now={now} />.
    </>
  );
}
