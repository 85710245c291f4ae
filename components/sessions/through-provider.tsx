/** Beside a device: the identity provider through which the session began. */
export const ThroughProvider = ({ name }: { name: string | null }) =>
  name && (
    <span className="ml-1.5 text-xs font-normal text-muted" title={`through ${name}`}>
      through {name}
    </span>
  );
