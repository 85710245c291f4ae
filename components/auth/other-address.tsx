import { Note } from "@/components/ui/note";

interface OtherAddressProps {
  opened: string | null;
  /** The public address that Gatehouse is configured with. */
  configured: URL;
}

/** Under another address than the configured one cookies and links do not work, so signed-out pages say which it is. */
export function OtherAddress({ opened, configured }: OtherAddressProps) {
  if (opened === configured.host) return null;
  return (
    <Note tone="warning" role="status" title="This is not the configured address of Gatehouse.">
      Gatehouse is at{" "}
      <a className="link" href={configured.origin}>
        {configured.origin}
      </a>
      . Continue there.
    </Note>
  );
}
