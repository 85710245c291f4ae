/** The list of roles. */
export const rolesPath = "/admin/roles";

/** The pages that show every role. */
export const rolePages = () => [rolesPath, "/admin/privileges"];

/** The button that adds a preset: an address that ends with it presses it. */
export const addPresetId = "add-preset";

/** The button that assigns a role to somebody: an address that ends with it presses it. */
export const assignRoleId = "assign-role";
