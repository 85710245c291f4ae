import { admin, at, auditor, ownAccount, type Preset, type PresetRole } from "./preset";

const additional = (name: string, description: string, ...operations: string[]): PresetRole => ({
  name,
  description,
  kind: "additional",
  rank: null,
  operations: at("all", ...operations),
});

/** An assistant-building platform: everybody is a member, and each stage is a role on top. */
export const agentLifeCycle: Preset = {
  key: "agent_life_cycle",
  name: "Agent life cycle",
  description: "Everybody is a member; the stages of an agent and its campaigns are additional roles.",
  appOperations: [
    { key: "agent.build", sentence: "Build an agent in development" },
    { key: "agent.debug", sentence: "Debug an agent in development" },
    { key: "agent.test", sentence: "Test an agent" },
    { key: "test_set.manage", sentence: "Manage test sets" },
    { key: "agent.stage", sentence: "Put an agent on staging" },
    { key: "staging.approve", sentence: "Approve an agent on staging" },
    { key: "agent.release", sentence: "Release an agent to production" },
    { key: "agent.roll_back", sentence: "Roll an agent back in production" },
    { key: "campaign.view", sentence: "View campaigns" },
    { key: "campaign.manage", sentence: "Manage campaigns" },
    { key: "campaign.activate", sentence: "Activate a campaign" },
  ],
  roles: [
    {
      name: "Member",
      description: "Manages their own account.",
      kind: "primary",
      rank: 1,
      operations: ownAccount,
    },
    additional("Development", "Builds and debugs agents.", "agent.build", "agent.debug"),
    additional("Testing", "Tests agents and keeps the test sets.", "agent.test", "test_set.manage"),
    additional("Staging", "Puts agents on staging and approves them there.", "agent.stage", "staging.approve"),
    additional("Production", "Releases agents and rolls them back.", "agent.release", "agent.roll_back"),
    additional("Campaign View", "Views campaigns.", "campaign.view"),
    additional("Campaign Manage", "Views and manages campaigns.", "campaign.view", "campaign.manage"),
    additional("Campaign Activate", "Views and activates campaigns.", "campaign.view", "campaign.activate"),
    admin("Settings", []),
    auditor,
  ],
};
