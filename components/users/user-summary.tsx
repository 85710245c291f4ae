"use client";
import { Clock, KeyRound, MonitorSmartphone, Network, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { LastSignIn } from "@/components/users/last-sign-in";
import { QuickActions } from "@/components/users/quick-actions";
import { UserStatus } from "@/components/users/user-status";
import type { UserDetail } from "@/lib/users/queries";

type UserSummaryProps = { user: UserDetail; zone: string; now: Date };

/** Somebody's state, beside the form; above it, in lines, where there is no room for it. */
export function UserSummary({ user, zone, now }: UserSummaryProps) {
  const { manager, factors, counts } = user;
  return (
    <aside
      aria-label="Summary"
      className="min-w-0 text-ui wide:order-last wide:w-[280px] wide:flex-none wide:rounded-lg wide:border wide:border-line wide:bg-surface"
    >
      <ul className="flex flex-wrap items-center gap-x-4 gap-y-1.5 text-ink-2 wide:flex-col wide:flex-nowrap wide:items-start wide:gap-2.5 wide:p-4">
        <li>
          <UserStatus status={user.status} look="pill" />
        </li>
        <Line icon={<Network aria-hidden />}>
          {manager ? (
            <>
              Reports to{" "}
              {manager.visible ? (
                <a href={`/admin/users/${manager.id}`} className="link">
                  {manager.name}
                </a>
              ) : (
                manager.name
              )}
            </>
          ) : (
            "Has no manager"
          )}
        </Line>
        <Line icon={<Clock aria-hidden />}>
          <LastSignIn at={user.lastSignInAt} zone={zone} now={now} />
        </Line>
        <Line icon={<KeyRound aria-hidden />}>{waysOf(user)}</Line>
        <Line icon={<ShieldCheck aria-hidden />}>
          {factors.length > 0 ? `Second factor: ${factors.join(", ")}` : "No second factor"}
        </Line>
        {counts.clients !== null && (
          <Line icon={<MonitorSmartphone aria-hidden />}>
            <a href={`/admin/users/${user.id}/clients`} className="rounded-sm hover:underline">
              {counts.clients === 0 ? "No client" : `${counts.registered} of ${counts.clients} clients registered`}
            </a>
          </Line>
        )}
      </ul>
      <QuickActions user={user} />
    </aside>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex min-w-0 items-start gap-2 wrap-anywhere [&>.lucide]:mt-0.5 [&>.lucide]:flex-none [&>.lucide]:text-icon">
      {icon}
      <span className="min-w-0">{children}</span>
    </li>
  );
}

/** By what somebody signs in. */
function waysOf({ keeper, signsInWith: { password, passkey } }: UserDetail): string {
  const kept = [password && !keeper && "a password", passkey && "a passkey"].filter(Boolean).join(" or ");
  if (keeper) return `Signs in through ${keeper.name}${kept && ` or with ${kept}`}`;
  return kept ? `Signs in with ${kept}` : "Neither password nor passkey";
}
