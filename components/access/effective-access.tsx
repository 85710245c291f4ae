import type { ReactNode } from "react";
import { packed } from "@/components/list/packed";
import { Note } from "@/components/ui/note";
import { EffectiveRoles } from "@/components/users/effective-roles";
import type { AskedOperation } from "@/lib/access/asked-operations";
import type { Explanation, WhyAddress } from "@/lib/access/explanation";
import { mayDoOf, searchMayDo, shortly } from "@/lib/access/may-do";
import type { Access } from "@/lib/authz/model";
import type { Voice } from "@/lib/authz/scope-words";
import { MayDoList } from "./may-do-list";
import { WhyPanel } from "./why-panel";

type EffectiveAccessProps = {
  voice: Voice;
  access: Access;
  operations: AskedOperation[];
  /** `answer` is null where nothing was asked, where what was asked about is not there, and where `busy` says why. */
  question: { base: string; address: WhyAddress; answer: Explanation | null; busy: string | null };
  opensOperations: boolean;
  clock: { zone: string; now: Date };
  /** What is given to the person, before what they hold. */
  children?: ReactNode;
};

/** What somebody is given, what they hold by it, what they may do, and "Why?" beside. */
export function EffectiveAccess(props: EffectiveAccessProps) {
  const { voice, access, operations, question, opensOperations, clock, children } = props;
  const { base, answer, busy } = question;
  const leftOut = question.address.why !== null && !answer;
  const address = leftOut ? { ...question.address, why: null, on: null, group: null } : question.address;
  const all = mayDoOf(access, operations, voice);
  return (
    <div className="flex items-start gap-5">
      <div className="grid min-w-0 max-w-[960px] flex-1 gap-4">
        {leftOut && (
          <Note role="status">
            {busy ??
              "This link names something that doesn't exist, or that you don't have access to, so it was ignored."}
          </Note>
        )}
        {children}
        <EffectiveRoles voice={voice} access={access} clock={clock} />
        <MayDoList
          found={packed(searchMayDo(all, address.q).map(shortly))}
          held={all.filter((row) => row.held).length}
          among={all.length}
          voice={voice}
          base={base}
          address={address}
          opensOperations={opensOperations}
        />
      </div>
      <WhyPanel
        base={base}
        address={address}
        answer={answer}
        operations={packed(answer ? operations : [])}
        key={base}
      />
    </div>
  );
}
