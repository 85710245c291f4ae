"use client";
import { StoreDialog } from "@/components/links/store-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { useReading } from "@/components/ui/reading";
import { exactTime } from "@/components/ui/time";

type PersonsLink = { email: string; name: string; link: string | null; linkExpiresAt: Date | null };

interface HandOverLinksProps {
  links: PersonsLink[];
  onStored: () => void;
}

/** Links of several people that no mail carries, shown this once (U5). */
export function HandOverLinks({ links, onStored }: HandOverLinksProps) {
  const { zone, form } = useReading();
  const expiresAt = links[0]?.linkExpiresAt;
  const many = links.length > 1;
  return (
    <StoreDialog
      title={many ? `Store the links for ${links.length} people` : `Store the link for ${links[0]?.name}`}
      description={`Mail is not set up, so give ${many ? "each link to its person" : "the link to the user"} yourself. ${many ? "They are shown only once, work once, and newer ones replace them" : "It is shown only once, works once, and a newer one replaces it"}.`}
      stored={many ? "I have stored them" : "I have stored it"}
      onStored={onStored}
    >
      <section
        aria-label="Links"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-64 overflow-auto rounded-md border border-control bg-surface"
      >
        <ul className="divide-y divide-line">
          {links.map(({ email, name, link }) => (
            <li key={email} className="grid gap-0.5 px-3 py-2 text-ui wrap-anywhere">
              <span>
                {name} <span className="text-muted">{email}</span>
              </span>
              <code className="font-mono text-xs break-all">{link}</code>
            </li>
          ))}
        </ul>
      </section>
      <p className="flex flex-wrap items-center justify-between gap-2 text-xs text-muted">
        {expiresAt && <span>Expires {exactTime(expiresAt, zone, form)}.</span>}
        <CopyButton value={links.map(lineOf).join("\n")} label={many ? "Copy links" : "Copy"} />
      </p>
    </StoreDialog>
  );
}

/** As a spreadsheet takes it. */
const lineOf = ({ email, name, link }: PersonsLink) => [name, email, link].join("\t");
