import { admin, at, auditor, ownAccount, type Preset } from "./preset";

const engineer = [...ownAccount, ...at("all", "test_step.run", "report.view")];

const lead = [
  ...engineer,
  ...at("reports", "user.read", "client.read"),
  ...at("all", "test_suite.manage", "execution.configure", "impact_analysis.run"),
];

const manager = [...lead, ...at("reports", "user.update", "client.manage"), ...at("all", "project.manage")];

/** A test-automation platform whose users run desktop clients. */
export const qualityAssurance: Preset = {
  key: "quality_assurance",
  name: "Quality assurance",
  description: "A test organisation of managers, leads and engineers whose clients run on their own machines.",
  appOperations: [
    { key: "project.manage", sentence: "Manage projects" },
    { key: "test_suite.manage", sentence: "Manage test suites" },
    { key: "execution.configure", sentence: "Configure test execution" },
    { key: "impact_analysis.run", sentence: "Run an impact analysis" },
    { key: "test_step.run", sentence: "Run test steps" },
    { key: "report.view", sentence: "View reports" },
  ],
  roles: [
    {
      name: "Quality Manager",
      description: "Edits the people below them and manages their clients, and manages projects.",
      kind: "primary",
      rank: 1,
      operations: manager,
    },
    {
      name: "Quality Lead",
      description: "Sees the people below them and their clients, and plans what is tested.",
      kind: "primary",
      rank: 2,
      operations: lead,
    },
    {
      name: "Quality Engineer",
      description: "Runs tests and manages their own account.",
      kind: "primary",
      rank: 3,
      operations: engineer,
    },
    admin("Admin", ["Quality Manager"]),
    auditor,
  ],
};
