import { generateId } from "@/lib/clients/paths";
import { userList } from "@/lib/people/pages";

/** Next steps once somebody is created, without the page that opens by itself. */
export function CreatedOffers({ id, onwards }: { id: string; onwards: string }) {
  const page = `${userList}/${id}`;
  const clients = `${page}/clients`;
  return (
    <span className="flex flex-wrap gap-x-3">
      <a href={`${userList}/new`} className="link">
        Create another
      </a>
      {onwards !== userList && (
        <a href={page} className="link">
          Open
        </a>
      )}
      {onwards === clients && (
        <a href={`${clients}#${generateId}`} className="link">
          Provision a client
        </a>
      )}
    </span>
  );
}
