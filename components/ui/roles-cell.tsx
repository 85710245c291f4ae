import { Chip } from "@/components/ui/chip";

/** The first role, and how many more; all of them on hover and focus. */
export function RolesCell({ roles }: { roles: string[] }) {
  const [first, ...more] = roles;
  if (!first) return <span className="text-muted">No roles</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Chip>{first}</Chip>
      {more.length > 0 && (
        <button
          type="button"
          data-tip={roles.join(", ")}
          aria-label={`+${more.length}, roles: ${roles.join(", ")}`}
          className="relative z-10 flex min-h-6 min-w-6 flex-none cursor-default items-center rounded-sm text-muted"
        >
          +{more.length}
        </button>
      )}
    </span>
  );
}
