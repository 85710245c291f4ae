import { scopeMarks, scopeSentences, scopesByWidth } from "@/lib/roles/scopes";

/** What the short words of the matrix mean. */
export function Legend() {
  return (
    <dl className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted max-s:hidden print:flex">
      {scopesByWidth.map((scope) => (
        <div key={scope} className="flex gap-1.5">
          <dt className="font-medium text-ink-2">{scopeMarks[scope]}</dt>
          <dd>{scopeSentences[scope]}</dd>
        </div>
      ))}
      <div className="flex gap-1.5">
        <dt className="font-medium text-ink-2">✓</dt>
        <dd>allowed, wherever it applies</dd>
      </div>
      <div className="flex gap-1.5">
        <dt className="font-medium text-ink-2 italic">in italics</dt>
        <dd>comes with another operation of the role, such as "Manage a user's clients"</dd>
      </div>
    </dl>
  );
}
