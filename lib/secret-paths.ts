/** Pages whose address carries a one-time link's secret: what follows these is never logged, nor told to another page. */
export const linkPages = {
  invitation: "/invite",
  password_reset: "/reset-password",
  email_change: "/confirm-email",
} as const;

const secretPath = /^\/(invite|reset-password|confirm-email)\/[^/]+/;

export const carriesSecret = (path: string) => secretPath.test(path);

/** The same path as it may stand in a log. */
export const withoutSecret = (path: string) => path.replace(secretPath, "/$1/…");
