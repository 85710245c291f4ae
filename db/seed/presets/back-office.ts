import { admin, at, auditor, ownAccount, type Preset } from "./preset";

const manager = [...ownAccount, ...at("reports", "user.read", "user.update", "user.disable")];

const head = [...ownAccount, ...at("all", "user.read"), ...at("reports", "user.update", "user.disable")];

/** A brokerage's back office. */
export const backOffice: Preset = {
  key: "back_office",
  name: "Back office",
  description: "Agents manage their own account; managers manage their agents; heads see everybody.",
  appOperations: [],
  roles: [
    {
      name: "Head",
      description: "Sees everybody, and edits and disables the people below them.",
      kind: "primary",
      rank: 1,
      operations: head,
    },
    {
      name: "Manager",
      description: "Sees, edits and disables the people below them.",
      kind: "primary",
      rank: 2,
      operations: manager,
    },
    {
      name: "Agent",
      description: "Manages their own account.",
      kind: "primary",
      rank: 3,
      operations: ownAccount,
    },
    admin("Admin", ["Head"]),
    auditor,
  ],
};
