"use client";
import { Fragment, type ReactNode } from "react";
import { ActionButton } from "@/components/form/action-button";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { RowActions } from "@/components/list/row-actions";
import { AboveReason } from "@/components/ui/above-reason";
import { toast } from "@/components/ui/toaster";
import { removeOperationAction } from "@/lib/app-operations/actions";
import type { appOperationList } from "@/lib/app-operations/filters";
import type { DeclaredOperation } from "@/lib/app-operations/queries";

type OperationListProps = {
  operations: DeclaredOperation[];
  label: string;
  heads: Heads<typeof appOperationList>;
  mayRemove: boolean;
  /** Shown where none is listed. */
  empty: ReactNode;
};

/** What the product has declared, with the roles that carry each. */
export function OperationList({ label, heads, operations, mayRemove, empty }: OperationListProps) {
  const columns: Columns<typeof appOperationList, DeclaredOperation> = {
    key: {
      width: "w-[24%]",
      card: "name",
      className: "font-mono text-xs",
      cell: ({ key }) => (
        <a href={`/admin/privileges/${key}`} className="rounded-sm hover:underline">
          {key}
        </a>
      ),
    },
    sentence: { cell: ({ sentence }) => <span title={sentence}>{sentence}</span> },
    roles: { width: "w-[26%]", cell: ({ roles }) => <RolesCell roles={roles} /> },
    actions: {
      width: "w-[22%]",
      hidden: true,
      card: "actions",
      align: "end",
      className: "max-s:whitespace-normal s:overflow-visible s:py-1.5 s:whitespace-normal",
      cell: ({ key, kept }) => <RemoveCell operation={key} kept={kept} />,
    },
  };
  return (
    <ListTable
      label={label}
      heads={heads}
      columns={columns}
      rows={operations}
      idOf={({ key }) => key}
      without={mayRemove ? [] : ["actions"]}
      empty={empty}
    />
  );
}

function RolesCell({ roles }: Pick<DeclaredOperation, "roles">) {
  if (roles.length === 0) return <span className="text-muted">only the built-in role</span>;
  return (
    <span title={roles.map(({ name }) => name).join(", ")}>
      {roles.map(({ id, name }, index) => (
        <Fragment key={id}>
          {index > 0 && ", "}
          <a href={`/admin/roles/${id}`} className="link">
            {name}
          </a>
        </Fragment>
      ))}
    </span>
  );
}

function RemoveCell({ operation, kept }: { operation: string; kept: string | null }) {
  return (
    <RowActions always>
      <AboveReason>
        <ActionButton
          size="s"
          variant="quiet-danger"
          aria-label={`Remove ${operation}`}
          action={removeOperationAction}
          input={{ key: operation }}
          settled="removed"
          showReason
          reason={kept ?? undefined}
          onSuccess={() => toast.success(`${operation} is removed`)}
          confirm={{
            title: `Remove ${operation}?`,
            body: "Only the built-in role includes it. If the product still checks it, access is denied to everybody.",
            label: "Remove operation",
            danger: true,
          }}
        >
          Remove
        </ActionButton>
      </AboveReason>
    </RowActions>
  );
}
