import { AddressNotes } from "@/components/list/address-notes";
import { ColumnsMenu } from "@/components/list/columns-menu";
import { Pager } from "@/components/list/pager";
import { NewTokenButton, TokenDialogs } from "@/components/tokens/token-dialogs";
import { TokenTable } from "@/components/tokens/token-table";
import type { TokenView } from "@/components/tokens/token-view";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { given, withQuery } from "@/lib/lists/search-params";
import type { TokenBoardData } from "@/lib/tokens/queries";

/** The access tokens of one person or service account with everything that can be done to them. */
export function TokenBoard({ list, view }: { list: TokenBoardData; view: TokenView }) {
  const { holder, own, abilities, carriable, told, page } = list;
  const { zone, now } = view;
  const { make } = abilities;
  const offered = make.ok || make.code === "precondition";
  return (
    <TokenDialogs holder={holder} own={own} carriable={carriable} told={told} makes={make.ok} view={{ zone, now }}>
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
              <NewTokenButton reason={make.ok ? undefined : make.reason} />
            </div>
          )}
        </div>
      </div>
      <AddressNotes fits={list.fits} ignored={list.ignored} />
      <Panel aria-label={`Access tokens of ${holder.name}`}>
        {page.rows.length > 0 ? (
          <TokenTable
            holder={holder.name}
            heads={view.heads}
            rows={page.rows}
            abilities={abilities}
            zone={zone}
            now={now}
          />
        ) : (
          <Empty icon="key-round" title="No access token yet">
            {own && !holder.account
              ? "“New token” creates one for a program that acts as you."
              : `No program acts as ${holder.name} with an access token.`}
          </Empty>
        )}
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
    </TokenDialogs>
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
