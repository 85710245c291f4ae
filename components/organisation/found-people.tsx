import { ListEmpty } from "@/components/list/list-empty";
import { Avatar } from "@/components/ui/avatar";
import { LinkButton } from "@/components/ui/button";
import { Panel, PanelFoot, Row, Rows } from "@/components/ui/panel";
import { toChartHref } from "@/lib/organisation/address";
import type { ChartFilters } from "@/lib/organisation/filters";
import type { FoundPerson } from "@/lib/organisation/path";

type FoundPeopleProps = { people: FoundPerson[]; more: boolean; filters: ChartFilters };

/** Who matches the search, each with the way down to them; choosing one opens the chart there. */
export function FoundPeople({ people, more, filters }: FoundPeopleProps) {
  if (people.length === 0)
    return (
      <div className="rounded-lg border border-line">
        <ListEmpty
          kind="nothing-found"
          title={`Nobody in the organisation matches "${filters.q}".`}
          actions={<LinkButton href={toChartHref(filters, { q: "" })}>Clear the search</LinkButton>}
        >
          Searched name, user name, email and id of everybody you can see who is not archived.
        </ListEmpty>
      </div>
    );
  return (
    <Panel aria-label="People found">
      <Rows>
        {people.map((person) => (
          <Row
            key={person.id}
            className="relative hover:bg-hover"
            lead={<Avatar id={person.id} name={person.name} picture={person.picture} />}
            title={
              <a
                href={toChartHref(filters, { q: "", show: person.id })}
                className="rounded-sm after:absolute after:inset-0"
              >
                {person.name}
              </a>
            }
            hint={`${person.username} · ${person.role} · ${person.path.length > 0 ? person.path.join(" › ") : "at the top"}`}
          />
        ))}
      </Rows>
      {more && <PanelFoot>The first {people.length} by name. Type more of the name to find the others.</PanelFoot>}
    </Panel>
  );
}
