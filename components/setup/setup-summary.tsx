import type { SetupField } from "@/components/setup/setup-steps";
import { Fact, Facts } from "@/components/ui/facts";
import type { PresetChoice } from "@/lib/setup/queries";

interface SetupSummaryProps {
  preset: PresetChoice | undefined;
  /** By its name, what was entered in each field. */
  entered: Partial<Record<SetupField, string>>;
}

/** What "Set up Gatehouse" makes. */
export function SetupSummary({ preset, entered }: SetupSummaryProps) {
  const { username, email, firstName = "", lastName = "" } = entered;
  return (
    <Facts>
      <Fact label="Set of roles">{preset?.name}</Fact>
      <Fact label="Roles">{preset && [...preset.ladder.map(({ name }) => name), ...preset.additional].join(", ")}</Fact>
      <Fact label="First administrator">{`${firstName} ${lastName}`.trim()}</Fact>
      <Fact label="Roles of the administrator">{preset?.administrator.join(", ")}</Fact>
      <Fact label="User Name">{username}</Fact>
      <Fact label="Email">{email}</Fact>
    </Facts>
  );
}
