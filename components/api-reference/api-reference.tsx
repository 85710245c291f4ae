import { Entry } from "@/components/api-reference/entry";
import { PastedToken } from "@/components/api-reference/pasted-token";
import { Panel, PanelHead } from "@/components/ui/panel";
import type { Reference } from "@/lib/api/reference";

const anchor = (tag: string) => tag.toLowerCase().replaceAll(" ", "-");

/** Every address of the API, to read and to try. */
export function ApiReference({ reference, origin }: { reference: Reference; origin: string }) {
  const count = reference.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <div className="grid max-w-[960px] gap-4">
      <div>
        <h2 className="text-sm font-semibold">API reference</h2>
        <p className="max-w-[68ch] text-ui text-muted">
          What a program can do with an{" "}
          <a href="/account/tokens" className="link">
            access token
          </a>
          : {count} endpoints below <code className="font-mono text-xs wrap-anywhere">{origin}/api/v1</code>. The same
          is available to programs as{" "}
          <a href="/api/v1/openapi.json" rel="external" className="link">
            OpenAPI 3.1
          </a>
          .
        </p>
      </div>
      <nav aria-label="Parts of the API reference">
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ui">
          {reference.map(({ tag }) => (
            <li key={tag}>
              <a href={`#${anchor(tag)}`} className="link inline-flex min-h-6 items-center">
                {tag}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <PastedToken>
        {reference.map(({ tag, description, entries }) => (
          <Panel key={tag} id={anchor(tag)} aria-labelledby={`${anchor(tag)}-title`} className="scroll-mt-16">
            <PanelHead title={tag} titleId={`${anchor(tag)}-title`} hint={description} />
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </Panel>
        ))}
      </PastedToken>
    </div>
  );
}
