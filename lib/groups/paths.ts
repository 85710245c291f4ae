/** The address of the list of groups. Apart from its filters: the browser needs no schema to know it. */
export const groupsPath = "/admin/groups";
