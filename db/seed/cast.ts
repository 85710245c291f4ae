import type { UserStatus } from "../enums";

export const demoPassword = "correct horse battery gatehouse";
export const demoDomain = "northwind.example";

export type CastMember = {
  username: string;
  firstName: string;
  lastName: string;
  primaryRole: string;
  additionalRoles: string[];
  manager: string | null;
  status: UserStatus;
  locked?: true;
  groups: string[];
  /** In words, for the table of who can sign in. */
  is: string;
};

/** The named people of the demonstration: the README's table and the tests' cast. */
export const cast: CastMember[] = [
  {
    username: "ada",
    firstName: "Ada",
    lastName: "Admin",
    primaryRole: "Quality Manager",
    additionalRoles: ["Admin"],
    manager: null,
    status: "active",
    groups: [],
    is: "Quality Manager + Admin",
  },
  {
    username: "quinn",
    firstName: "Quinn",
    lastName: "Manager",
    primaryRole: "Quality Manager",
    additionalRoles: [],
    manager: "ada",
    status: "active",
    groups: ["Staging", "Release"],
    is: "Quality Manager, no Admin; manager of lee",
  },
  {
    username: "lee",
    firstName: "Lee",
    lastName: "Lead",
    primaryRole: "Quality Lead",
    additionalRoles: [],
    manager: "quinn",
    status: "active",
    groups: ["Release"],
    is: 'Quality Lead; reports to quinn; owns group "Regression"',
  },
  {
    username: "eve",
    firstName: "Eve",
    lastName: "Engineer",
    primaryRole: "Quality Engineer",
    additionalRoles: [],
    manager: "lee",
    status: "active",
    groups: ["Regression", "Staging"],
    is: "Quality Engineer; reports to lee; three clients",
  },
  {
    username: "audrey",
    firstName: "Audrey",
    lastName: "Auditor",
    primaryRole: "Quality Engineer",
    additionalRoles: ["Auditor"],
    manager: "quinn",
    status: "active",
    groups: [],
    is: "Quality Engineer + Auditor",
  },
  {
    username: "dan",
    firstName: "Dan",
    lastName: "Disabled",
    primaryRole: "Quality Engineer",
    additionalRoles: [],
    manager: "lee",
    status: "disabled",
    groups: ["Regression"],
    is: "Quality Engineer, disabled",
  },
  {
    username: "lucy",
    firstName: "Lucy",
    lastName: "Locked",
    primaryRole: "Quality Engineer",
    additionalRoles: [],
    manager: "lee",
    status: "active",
    locked: true,
    groups: ["Regression"],
    is: "Quality Engineer, locked until an administrator unlocks her",
  },
  {
    username: "ivy",
    firstName: "Ivy",
    lastName: "Invited",
    primaryRole: "Quality Engineer",
    additionalRoles: [],
    manager: "lee",
    status: "invited",
    groups: ["Regression"],
    is: "Quality Engineer, invited",
  },
  {
    username: "archie",
    firstName: "Archie",
    lastName: "Archived",
    primaryRole: "Quality Engineer",
    additionalRoles: [],
    manager: "lee",
    status: "archived",
    groups: [],
    is: "archived",
  },
];

/** Programs of the demonstration, each with its owner, its roles and one token. Ages are days. */
export const castServiceAccounts = [
  {
    name: "Nightly build",
    owner: "lee",
    roles: ["Test Runner", "Staging Tester"],
    age: 74.3,
    token: {
      name: "build server",
      operations: ["execution.configure", "report.view", "test_step.run"],
      age: 40.2,
      days: 365,
      usedHoursAgo: 6.8,
      address: "10.20.8.14",
      agent: "curl/8.5.0",
    },
  },
  {
    name: "Directory export",
    owner: "ada",
    roles: ["Auditor"],
    age: 51.6,
    token: {
      name: "hr portal",
      operations: ["group.read", "user.read"],
      age: 51.5,
      days: 90,
      usedHoursAgo: 0.4,
      address: "10.20.9.3",
      agent: "python-requests/2.32.4",
    },
  },
];

/** What the test platform has registered of its own. */
export const castResources = [
  { type: "assistant", externalId: "asst-7", name: "Triage assistant", owner: "lee" },
  { type: "assistant", externalId: "asst-12", name: "Release notes writer", owner: "quinn" },
  { type: "assistant", externalId: "asst-15", name: "Flaky test finder", owner: "eve" },
  { type: "project", externalId: "checkout", name: "Checkout", owner: "quinn" },
  { type: "project", externalId: "mobile-app", name: "Mobile app", owner: "lee" },
  { type: "project", externalId: "legacy-import", name: "Legacy import", owner: "archie" },
].map((resource) => ({ ...resource, url: `https://tests.northwind.example/${resource.type}s/${resource.externalId}` }));
