/** The address of the list of resources. Apart from its filters: the browser needs no schema to know it. */
export const resourcesPath = "/admin/resources";
