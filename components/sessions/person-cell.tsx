import { Avatar } from "@/components/ui/avatar";

type PersonCellProps = {
  person: { id: string; name: string; username: string; picture: string | undefined };
  href?: string | undefined;
};

/** Whose it is: the name leads to their page where the reader may open it. */
export function PersonCell({ person: { id, name, username, picture }, href }: PersonCellProps) {
  return (
    <span className="flex min-w-0 items-center gap-2.5" title={`${name}, ${username}`}>
      <Avatar id={id} name={name} picture={picture} className="max-s:hidden" />
      {href ? (
        <a href={href} className="min-w-0 truncate rounded-sm font-medium text-ink hover:underline">
          {name}
        </a>
      ) : (
        <span className="min-w-0 truncate font-medium text-ink">{name}</span>
      )}
    </span>
  );
}
