"use client";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { ActionButton } from "@/components/form/action-button";
import { Cell, HeadCell, RowActions, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { AboveReason } from "@/components/ui/above-reason";
import { toast } from "@/components/ui/toaster";
import { removeOperationAction } from "@/lib/app-operations/actions";
import type { DeclaredOperation } from "@/lib/app-operations/queries";

type OperationListProps = {
  operations: DeclaredOperation[];
  mayRemove: boolean;
  /** Stands there where none is listed. */
  empty: ReactNode;
};

/** What the product has declared, with the roles that carry each. */
export function OperationList({ operations, mayRemove, empty }: OperationListProps) {
  return (
    <Table label="App operations" empty={empty} className="s:table-fixed">
      <TableHead>
        <HeadCell className="w-[24%]">Operation</HeadCell>
        <HeadCell>Sentence</HeadCell>
        <HeadCell className="w-[26%]">Carried by</HeadCell>
        {mayRemove && (
          <HeadCell className="w-[22%]">
            <span className="sr-only">Actions</span>
          </HeadCell>
        )}
      </TableHead>
      <TableBody>
        {operations.map((one) => (
          <TableRow key={one.key}>
            <Cell card="name" className="font-mono text-xs">
              <Link href={`/admin/privileges/${one.key}`} prefetch={false} className="rounded-sm hover:underline">
                {one.key}
              </Link>
            </Cell>
            <Cell>
              <span title={one.sentence}>{one.sentence}</span>
            </Cell>
            <Cell>
              {one.roles.length === 0 ? (
                <span className="text-muted">no role but the built-in one</span>
              ) : (
                <span title={one.roles.map(({ name }) => name).join(", ")}>
                  {one.roles.map(({ id, name }, index) => (
                    <Fragment key={id}>
                      {index > 0 && ", "}
                      <Link href={`/admin/roles/${id}`} prefetch={false} className="link">
                        {name}
                      </Link>
                    </Fragment>
                  ))}
                </span>
              )}
            </Cell>
            {mayRemove && (
              <Cell
                card="actions"
                align="end"
                className="max-s:whitespace-normal s:overflow-visible s:py-1.5 s:whitespace-normal"
              >
                <RowActions always>
                  <AboveReason>
                    <ActionButton
                      size="s"
                      variant="quiet-danger"
                      aria-label={`Remove ${one.key}`}
                      action={removeOperationAction}
                      input={{ key: one.key }}
                      settled="removed"
                      showReason
                      reason={one.kept ?? undefined}
                      onSuccess={() => toast.success(`${one.key} is removed`)}
                      confirm={{
                        title: `Remove ${one.key}?`,
                        body: "No role but the built-in one carries it. The product may go on asking for it, and is told that nobody may.",
                        label: "Remove operation",
                        danger: true,
                      }}
                    >
                      Remove
                    </ActionButton>
                  </AboveReason>
                </RowActions>
              </Cell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
