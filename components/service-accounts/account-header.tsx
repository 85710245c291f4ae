import { AccountActions } from "@/components/service-accounts/account-actions";
import { AccountNotes } from "@/components/service-accounts/account-notes";
import { AccountStatus } from "@/components/service-accounts/account-status";
import { AccountTabs } from "@/components/service-accounts/account-tabs";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";
import type { AccountDetail } from "@/lib/service-accounts/queries";

/** The head of every page of one service account: whether it works, whose it is, and what can be done with it as a whole. */
export function AccountHeader({ account }: { account: AccountDetail }) {
  const { owner } = account;
  return (
    <>
      <PageHeader
        crumbs={<Breadcrumb crumbs={[{ href: serviceAccountsPath, label: "Service accounts" }]} />}
        title={account.name}
        status={<AccountStatus status={account.status} look="pill" />}
        facts={[owner ? <OwnedBy key="owner" owner={owner} /> : "Has no owner"]}
        actions={<AccountActions account={withoutAccess(account)} />}
      />
      <AccountNotes account={account} />
      <AccountTabs id={account.id} tokens={account.tokens.length} />
    </>
  );
}

/** Scripts of the pages. */
const withoutAccess = ({ id, name, version, status, tokens, abilities }: AccountDetail) => ({
  ...{ id, name, version, status, tokens, abilities },
});
export type AccountInBrowser = ReturnType<typeof withoutAccess>;

function OwnedBy({ owner }: { owner: NonNullable<AccountDetail["owner"]> }) {
  if (!owner.visible) return `Owned by ${owner.name}`;
  return (
    <>
      Owned by{" "}
      <a href={`/admin/users/${owner.id}`} className="rounded-sm hover:text-ink">
        {owner.name}
      </a>
    </>
  );
}
