import { CopyButton } from "@/components/ui/copy-button";

type CopiedAddressProps = { label: string; value: string; hint: string };

/** An address that is entered elsewhere, letter by letter. */
export function CopiedAddress({ label, value, hint }: CopiedAddressProps) {
  return (
    <div className="grid min-w-0 gap-1.5">
      <span className="text-ui/[18px] font-medium">{label}</span>
      <div className="flex min-h-field items-center gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-2.5">
        <code className="min-w-0 flex-1 font-mono text-xs break-all text-ink-2">{value}</code>
        <CopyButton value={value} aria-label={`Copy ${label.toLowerCase()}`} />
      </div>
      <p className="text-xs text-muted">{hint}</p>
    </div>
  );
}
