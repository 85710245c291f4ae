"use client";
import type { ReactNode } from "react";
import { ActionButton } from "@/components/form/action-button";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { RowActions } from "@/components/list/row-actions";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import { retryMailAction } from "@/lib/mail/actions";
import type { mailList } from "@/lib/mail/filters";
import type { ListedMail } from "@/lib/mail/queries";
import { statusWords } from "@/lib/mail/status-words";

type MailListProps = {
  label: string;
  heads: Heads<typeof mailList>;
  rows: ListedMail[];
  mayRetry: boolean;
  zone: string;
  now: Date;
  /** Shown where none is listed. */
  empty: ReactNode;
};

const looks = {
  waiting: { tone: "accent", icon: "clock" },
  sent: { tone: "positive", icon: "check" },
  failed: { tone: "danger", icon: "triangle-exclamation-point" },
  cancelled: { tone: "muted", icon: "ban" },
} as const;

/** The mail log: what was sent to whom and how it went, never what it said. */
export function MailList({ label, heads, rows, mayRetry, zone, now, empty }: MailListProps) {
  const columns: Columns<typeof mailList, ListedMail> = {
    subject: {
      card: "name",
      className: "font-medium text-ink",
      title: ({ template, subject }) => `${template}: ${subject}`,
      cell: ({ subject }) => subject,
    },
    to: {
      width: "w-[24%]",
      title: ({ toName, toAddress }) => `${toName} ${toAddress}`,
      cell: ({ toAddress }) => toAddress,
    },
    status: {
      width: "w-[30%]",
      card: "line",
      state: true,
      className: "s:py-1.5 s:whitespace-normal",
      cell: (mail) => <StatusCell mail={mail} zone={zone} now={now} />,
    },
    made: {
      width: "w-[110px]",
      priority: 2,
      card: "foot",
      cell: ({ createdAt }) => <Time at={createdAt} zone={zone} now={now} />,
    },
    actions: {
      width: "w-[112px]",
      hidden: true,
      align: "end",
      card: "actions",
      className: "s:overflow-visible",
      cell: (mail) => <RetryCell mail={mail} />,
    },
  };
  return (
    <ListTable
      label={label}
      heads={heads}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      without={mayRetry ? [] : ["actions"]}
      empty={empty}
    />
  );
}

function StatusCell({ mail, zone, now }: Pick<MailListProps, "zone" | "now"> & { mail: ListedMail }) {
  const { status, lastError } = mail;
  const { tone, icon } = looks[status];
  return (
    <>
      <Status tone={tone} icon={icon}>
        {statusWords[status]}
      </Status>
      <span className="block text-xs wrap-break-word whitespace-normal text-muted">
        <Progress mail={mail} zone={zone} now={now} />
        {lastError && ` ${lastError}`}
      </span>
    </>
  );
}

function RetryCell({ mail: { id, subject, toAddress, status, lastError, kept } }: { mail: ListedMail }) {
  return (
    <RowActions always>
      {(status === "failed" || (status === "waiting" && lastError !== null)) && (
        <ActionButton
          size="s"
          aria-description={`${subject}, to ${toAddress}`}
          action={retryMailAction}
          input={{ id }}
          settled={statusWords.waiting}
          reason={kept ?? undefined}
          onSuccess={() => toast.success(`"${subject}" to ${toAddress} is being sent again`)}
        >
          Send again
        </ActionButton>
      )}
    </RowActions>
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
