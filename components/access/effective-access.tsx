import type { ReactNode } from "react";
import { EffectiveRoles } from "@/components/users/effective-roles";
import type { Access } from "@/lib/access/access";
import type { WhyAddress } from "@/lib/access/address";
import type { Explanation } from "@/lib/access/explanation";
import { mayDoOf } from "@/lib/access/may-do";
import type { AskedOperation, Voice } from "@/lib/access/questions";
import { MayDoList } from "./may-do-list";
import { WhyPanel } from "./why-panel";

type EffectiveAccessProps = {
  voice: Voice;
  access: Access;
  operations: AskedOperation[];
  question: { base: string; address: WhyAddress; answer: Explanation | null };
  opensOperations: boolean;
  clock: { zone: string; now: Date };
  /** What is given to the person, before what they hold. */
  children?: ReactNode;
};

/** What somebody is given, what they hold by it, what they may do, and "Why?" beside. */
export function EffectiveAccess(props: EffectiveAccessProps) {
  const { voice, access, operations, question, opensOperations, clock, children } = props;
  const { base, address } = question;
  return (
    <div className="flex items-start gap-5">
      <div className="grid min-w-0 max-w-[960px] flex-1 gap-4">
        {children}
        <EffectiveRoles voice={voice} access={access} clock={clock} />
        <MayDoList
          rows={mayDoOf(access, operations, voice)}
          voice={voice}
          base={base}
          address={address}
          opensOperations={opensOperations}
        />
      </div>
      <WhyPanel {...question} operations={operations} key={base} />
    </div>
  );
}
