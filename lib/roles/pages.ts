/** The list of roles. */
export const rolesPath = "/admin/roles";

/** The pages that show every role. */
export const rolePages = () => [rolesPath, "/admin/privileges"];
