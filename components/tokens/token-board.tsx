"use client";
import { useState } from "react";
import { AddressNotes } from "@/components/list/address-notes";
import type { ColumnView } from "@/components/list/column-view";
import { ColumnsMenu } from "@/components/list/columns-menu";
import { Pager } from "@/components/list/pager";
import { TokenTable } from "@/components/tokens/token-table";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { Panel } from "@/components/ui/panel";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { useBeforehand } from "@/components/ui/use-beforehand";
import { usePressedByAddress } from "@/components/ui/use-pressed-by-address";
import { useUsed } from "@/components/ui/use-used";
import { given, withQuery } from "@/lib/lists/search-params";
import type { tokenList } from "@/lib/tokens/filters";
import { newTokenId } from "@/lib/tokens/paths";
import type { ListedToken, TokenBoardData } from "@/lib/tokens/queries";
import type { IssuedToken } from "@/lib/tokens/store";

const MakeDialog = late(() => import("./make-dialog").then((module) => module.MakeDialog));
const RegenerateDialog = late(() => import("./regenerate-dialog").then((module) => module.RegenerateDialog));
const loadSecret = () => import("./secret-dialog");
const SecretDialog = late(() => loadSecret().then((module) => module.SecretDialog));

export interface TokenView extends ColumnView<typeof tokenList> {
  /** The page itself, without a query. */
  path: string;
  zone: string;
  now: Date;
}

/** The access tokens of one person or service account with everything that can be done to them. */
export function TokenBoard({ list, view }: { list: TokenBoardData; view: TokenView }) {
  const { holder, own, abilities, carriable, told, page } = list;
  const [making, setMaking] = useState(false);
  const made = useUsed(making);
  useBeforehand(loadSecret);
  usePressedByAddress(newTokenId);
  const [renewed, setRenewed] = useState<{ token: ListedToken; opener: string } | null>(null);
  const [issued, setIssued] = useState<{ token: IssuedToken; opener: string } | null>(null);
  const { make } = abilities;
  const offered = make.ok || make.code === "precondition";

  return (
    <>
      <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2.5">
        <div className="min-w-0">
          <h2 className="text-sm font-semibold">{own || holder.account ? "Access tokens" : "Access Tokens"}</h2>
          <p className="max-w-[68ch] text-ui text-muted">
            <About holder={holder} own={own} />
          </p>
        </div>
        <div className="ml-auto flex flex-wrap items-start gap-2 max-s:w-full">
          {page.rows.length > 0 && <ColumnsMenu {...view.columns} />}
          {offered && (
            <div className="grid justify-items-end gap-1 max-s:flex-1 max-s:justify-items-stretch">
              <Button
                id={newTokenId}
                className="scroll-mt-80"
                data-creates=""
                variant="primary"
                reason={make.ok ? undefined : make.reason}
                showReason
                onClick={() => setMaking(true)}
              >
                <SpriteIcon name="plus" />
                New token
              </Button>
            </div>
          )}
        </div>
      </div>
      <AddressNotes fits={list.fits} ignored={list.ignored} />
      <Panel aria-label={`Access tokens of ${holder.name}`}>
        <TokenTable list={list} view={view} onRegenerate={(token, opener) => setRenewed({ token, opener })} />
        {(page.previous || page.next) && (
          <Pager
            page={page}
            href={({ after, before }) =>
              withQuery(
                view.path,
                given([
                  ["after", after],
                  ["before", before],
                ]),
              )
            }
          />
        )}
      </Panel>
      {make.ok && made && (
        <MakeDialog
          open={making}
          onOpenChange={setMaking}
          holder={holder}
          own={own}
          told={told}
          carriable={carriable}
          view={view}
          onIssued={(token) => {
            setMaking(false);
            setIssued({ token, opener: newTokenId });
          }}
        />
      )}
      {renewed && (
        <RegenerateDialog
          token={renewed.token}
          view={view}
          onClose={() => setRenewed(null)}
          onIssued={(token) => {
            setIssued({ token, opener: renewed.opener });
            setRenewed(null);
          }}
        />
      )}
      {issued && (
        <SecretDialog
          key={issued.token.id}
          issued={issued.token}
          zone={view.zone}
          opener={issued.opener}
          onClosed={() => setIssued(null)}
        />
      )}
    </>
  );
}

function About({ holder: { name, account }, own }: Pick<TokenBoardData, "holder" | "own">) {
  return (
    <>
      {own
        ? "With a token, a program acts as you, for the operations that you choose."
        : `With a token, a program acts as ${name}, for the operations that the token carries.`}{" "}
      Role changes apply at the next use.{" "}
      {account
        ? "Tokens are kept while the account is disabled or paused, and refused until it is active again."
        : `Every token is revoked when ${own ? "your" : "the"} account is disabled or removed, or when somebody else sets or resets its password.`}{" "}
      For what a program can request, see the{" "}
      <a href="/account/api" className="link">
        API reference
      </a>
      .
    </>
  );
}
