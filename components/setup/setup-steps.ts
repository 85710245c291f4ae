/** Fields by the step that asks for them; a refused field opens its step. */
export const setupSteps = [
  ["code"],
  ["preset"],
  ["username", "email", "firstName", "lastName", "password", "confirmPassword"],
  [],
] as const;

export type SetupField = (typeof setupSteps)[number][number];

export const setupLabels: Record<SetupField, string> = {
  code: "Setup code",
  preset: "Roles",
  username: "User Name",
  email: "Email",
  firstName: "First Name",
  lastName: "Last Name",
  password: "Password",
  confirmPassword: "Confirm Password",
};
