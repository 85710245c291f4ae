import { Check, ChevronRight, X } from "lucide-react";
import { TryIt } from "@/components/api-reference/try-it";
import { CopyButton } from "@/components/ui/copy-button";
import type { ReferenceEntry, ReferenceField } from "@/lib/api/reference";

const heading = "text-xs font-medium text-muted";

/** One address with one method; what it takes and answers is folded away until somebody asks. */
export function Entry({ entry }: { entry: ReferenceEntry }) {
  const { id, method, path, summary, needs } = entry;
  return (
    <details className="group border-t border-line">
      <summary
        id={id}
        className="flex min-h-11 cursor-pointer scroll-mt-16 list-none flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2 text-ui -outline-offset-2 hover:bg-hover [&::-webkit-details-marker]:hidden"
      >
        <ChevronRight aria-hidden className="-ml-1 flex-none text-icon group-open:rotate-90" />
        <code className="w-14 flex-none font-mono text-xs font-medium text-ink-2">{method}</code>
        <code className="min-w-0 font-mono text-xs wrap-anywhere">{path}</code>
        <span className="ml-auto text-muted max-s:ml-0 max-s:w-full">{summary}</span>
      </summary>
      <div className="grid gap-4 px-4 pt-1 pb-5 text-ui">
        <div className="grid max-w-[68ch] gap-1">
          {entry.description && (
            <p>
              <Said text={entry.description} />
            </p>
          )}
          {needs.length > 1 && <p className="text-muted">One of these is enough:</p>}
          {needs.map((one) => (
            <Needs key={one.operation} {...one} />
          ))}
          {needs.length === 0 && <p className="text-muted">Any token can call this.</p>}
        </div>
        {entry.fields.length > 0 && <Fields fields={entry.fields} />}
        <div className="grid grid-cols-2 gap-3 max-m:grid-cols-1">
          <Code title="Request" text={entry.curl} copies />
          <Code title={`Answer, ${entry.statuses[0]}`} text={entry.answer} />
        </div>
        <p className="text-xs text-muted">
          Refusals: {entry.statuses.slice(1).join(", ")}, as problem details (RFC 9457).
        </p>
        <TryIt entry={{ id, method, path, body: entry.body, fields: entry.fields.filter(isSent) }} />
      </div>
    </details>
  );
}

const isSent = ({ place, name }: ReferenceField) =>
  place === "path" || place === "header" || (place === "query" && name !== "dryRun");

function Needs({ operation, sentence, held }: ReferenceEntry["needs"][number]) {
  const Icon = held ? Check : X;
  return (
    <p>
      Needs <code className="font-mono text-xs">{operation}</code>: {sentence}.{" "}
      <span className={held ? "text-positive" : "text-muted"}>
        <Icon aria-hidden className="mr-1 inline size-3.5 stroke-2 align-[-2px]" />
        {held ? "You have it." : "You don't have it."}
      </span>
    </p>
  );
}

/** A sentence in which text in backticks is code. */
const Said = ({ text }: { text: string }) =>
  text.split("`").map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <code key={part} className="font-mono text-xs">
        {part}
      </code>
    ),
  );

function Fields({ fields }: { fields: ReferenceField[] }) {
  return (
    <div className="grid gap-1">
      <h3 className={heading}>What is sent</h3>
      <dl className="divide-y divide-line border-y border-line">
        {fields.map(({ name, place, type, required, description }) => (
          <div
            key={`${place} ${name}`}
            className="grid grid-cols-[minmax(9rem,14rem)_1fr] gap-x-3 py-1.5 max-s:grid-cols-1"
          >
            <dt className="min-w-0">
              <code className="font-mono text-xs wrap-anywhere">{name}</code>{" "}
              <span className="text-xs text-muted">
                {place}
                {required && ", required"}
              </span>
            </dt>
            <dd className="min-w-0 text-xs/5 wrap-anywhere text-ink-2">
              {type}
              {description && (
                <span className="block text-muted">
                  <Said text={description} />
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Code({ title, text, copies }: { title: string; text: string; copies?: boolean }) {
  return (
    <div className="min-w-0">
      <div className="flex min-h-8 items-center gap-2">
        <h3 className={heading}>{title}</h3>
        {copies && <CopyButton value={text} className="ml-auto" />}
      </div>
      <pre className="rounded-md bg-sunken p-3 font-mono text-xs/[18px] wrap-anywhere whitespace-pre-wrap">{text}</pre>
    </div>
  );
}
