"use client";
import { useId } from "react";
import { type Packed, unpacked } from "@/components/list/packed";
import { answerOf } from "@/components/ui/answer-of";
import { Combobox, type Option } from "@/components/ui/combobox";
import { PersonPicker } from "@/components/ui/person-picker";
import { pickAskedGroupAction, pickAskedPersonAction } from "@/lib/access/actions";
import type { AskedOperation } from "@/lib/access/asked-operations";
import type { Explanation } from "@/lib/access/explanation";
import { isFound } from "@/lib/normalization/search";

type WhyQuestionProps = {
  answer: Explanation;
  operations: Packed<AskedOperation[]>;
  onAsk: (change: { why?: string; on?: string | null; group?: string | null }) => void;
};

/** The question as a sentence: "May Lee Lead [edit a user] on [Eve Engineer]". */
export function WhyQuestion({ answer, operations, onAsk }: WhyQuestionProps) {
  const { person, voice, operation, on, group } = answer;
  const takesPerson = operation.takes === "person" || operation.takes === "member";
  const takesGroup = operation.takes === "group" || operation.takes === "member";
  const operationId = useId();
  const personId = useId();
  const groupId = useId();
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2.5 gap-y-2 px-4 py-3.5 text-ui text-muted">
      <label htmlFor={operationId} className="max-w-36 wrap-break-word">
        May {voice.self ? "you" : person.name}
      </label>
      <Combobox
        id={operationId}
        label="Operation"
        placeholder="Search operations"
        value={optionOf(operation)}
        search={async (q) => matching(unpacked(operations), q)}
        onChange={(option) => option && onAsk({ why: option.id })}
      />
      {takesGroup && (
        <>
          <label htmlFor={groupId}>{operation.takes === "member" ? "in the group" : "on the group"}</label>
          <Combobox
            id={groupId}
            label="Group"
            placeholder="Choose a group"
            value={group && { id: group.id, label: group.name }}
            search={(q) => answerOf(pickAskedGroupAction({ q }))}
            onChange={(option) => onAsk({ group: option?.id ?? null })}
          />
        </>
      )}
      {takesPerson && (
        <>
          <label htmlFor={personId}>on</label>
          <PersonPicker
            id={personId}
            label="Person"
            placeholder="Choose a person"
            value={on && { id: on.id, label: on.name }}
            search={(q) => answerOf(pickAskedPersonAction({ q }))}
            onChange={(option) => onAsk({ on: option?.id ?? null })}
          />
        </>
      )}
    </div>
  );
}

const optionOf = ({ key, sentence }: AskedOperation): Option => ({ id: key, label: sentence, hint: key });

const matching = (operations: AskedOperation[], q: string): Option[] =>
  operations.filter(({ key, sentence, noun }) => isFound(q, key, sentence, noun)).map(optionOf);
